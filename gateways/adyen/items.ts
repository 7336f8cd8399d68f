/** A standard notification of Adyen's, sent as JSON or as a form, as one list of items: what is signed of each, and what it says. */
import { formRecord } from "../../core/formats/form.ts";
import { at, listAt, parseJson } from "../../core/formats/json.ts";
import { TooMuch } from "../../core/formats/too-much.ts";

/** The one field that the signature does not cover. */
export const signatureField = "additionalData.hmacSignature";

/** Adyen puts one item into a notification, and up to six into older ones. */
const mostItems = 100;

/** The fields Adyen signs, in its order, by their names in a form. */
export const signedFields = [
  "pspReference",
  "originalReference",
  "merchantAccountCode",
  "merchantReference",
  "value",
  "currency",
  "eventCode",
  "success",
] as const;

/** A standard item, whichever way it was sent. */
export interface Item {
  /** What the signature covers; undefined when a field is not a plain value. */
  readonly signed: string | undefined;
  /** A value by its name in a form: `value`, `additionalData.shopperReference`. */
  field(name: string): string | undefined;
}

/** The items of a standard notification, or undefined when it is none. @throws {TooMuch} when there are more than a hundred. */
export const itemsIn = (body: Uint8Array): readonly Item[] | undefined => {
  const parsed = parseJson(body);
  if (Array.isArray(at(parsed, "notificationItems"))) {
    const items = listAt(parsed, "notificationItems");
    if (items.length > mostItems) throw new TooMuch(`there are more than ${mostItems} notification items`);
    return items.map((one) => {
      const item = at(one, "NotificationRequestItem");
      const values = signedFields.map((name) => plain(valueIn(item, name)));
      return {
        signed: values.includes(undefined) ? undefined : values.join(":"),
        field: (name) => plain(valueIn(item, name)) || undefined,
      };
    });
  }
  if (typeof parsed === "object") return undefined;
  const fields = formRecord(body);
  if (fields.eventCode === undefined) return undefined;
  return [
    {
      signed: signedFields.map((name) => fields[name]).join(":"),
      field: (name) => fields[name] || undefined,
    },
  ];
};

const additional = "additionalData.";

/** The value in a JSON item of what a form calls by this name. Names within additionalData contain dots themselves. */
const valueIn = (item: unknown, name: string): unknown => {
  if (name === "value" || name === "currency") return at(item, "amount", name);
  return name.startsWith(additional) ? at(item, "additionalData", name.slice(additional.length)) : at(item, name);
};

/** As Adyen writes it into the signed text; what is absent is empty. */
const plain = (value: unknown): string | undefined => {
  if (value === undefined || value === null) return "";
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : undefined;
};

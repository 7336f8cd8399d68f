/** An SBPS notice taken apart, and what makes it unique: a form or XML, without its proof and its meaning. */
import type { RawCallback } from "../../core/callback.ts";
import { formRecord } from "../../core/formats/form.ts";
import { parseXml, type XmlElement, xmlTextAt } from "../../core/formats/xml.ts";

export type Fields = Readonly<Record<string, string>>;

/** A notice taken apart. The id of an XML notice is its kind: `NT01-00103-701`. */
export type SbpsNotice =
  | { readonly kind: "purchase"; readonly fields: Fields }
  | { readonly kind: "customer"; readonly fields: Fields }
  | { readonly kind: "deposit"; readonly id: string | undefined; readonly root: XmlElement | undefined };

export const noticeKind = (text: string): string | undefined => /<sps-api-request\s[^<>]*\bid\s*=\s*["']([\w-]{1,40})["']/.exec(text)?.[1];

/** The elements without children, in the document's order. */
export const leavesOf = (element: XmlElement | undefined): readonly XmlElement[] =>
  element === undefined ? [] : element.children.length === 0 ? [element] : element.children.flatMap(leavesOf);

export const latin1 = (body: Uint8Array): string => Buffer.from(body).toString("latin1");

export const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, "latin1"));

export const isXml = (body: Uint8Array): boolean => /^\s*</.test(latin1(body.subarray(0, 64)));

export const isPurchase = (fields: Readonly<Record<string, string>>): boolean => "order_id" in fields || "res_tracking_id" in fields;

export const noticeRoot = (body: Uint8Array): XmlElement | undefined => {
  const root = parseXml(latin1(body));
  return root?.name === "sps-api-request" ? root : undefined;
};

export const noticeOf = ({ body }: RawCallback): SbpsNotice => {
  if (isXml(body)) return { kind: "deposit", id: noticeKind(latin1(body)), root: noticeRoot(body) };
  const fields = formRecord(body, "shift_jis");
  return { kind: isPurchase(fields) ? "purchase" : "customer", fields };
};

/** @throws when the notice names nothing that makes it unique. */
export const sbpsIdentity = (notice: SbpsNotice): string => {
  const parts = identifying(notice).map((part) => part?.trim() ?? "");
  if (parts.slice(1).every((part) => part === "")) throw new Error("the notice names no transaction");
  return parts.join("|");
};

const identifying = (notice: SbpsNotice): readonly (string | undefined)[] => {
  if (notice.kind === "deposit") {
    const at = (...path: readonly string[]) => xmlTextAt(notice.root, ...path);
    const deposit = [at("pay_method_info", "rec_type"), at("pay_method_info", "rec_amount_total")];
    return [notice.id, at("sps_transaction_id"), at("tracking_id"), at("rec_datetime"), ...deposit];
  }
  const { fields } = notice;
  if (notice.kind === "customer")
    return ["customer", fields.cust_code, fields.res_result, fields.res_sps_cust_no, fields.res_sps_payment_no, fields.res_date];
  // The buyer's mail address may stand behind the sums.
  const payinfo = fields.res_payinfo_key?.split(",").slice(0, 3).join(",");
  return [fields.res_result, fields.res_tracking_id, fields.order_id, payinfo, fields.res_date];
};

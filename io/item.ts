/** An item of a table, and the same as JSON and as text. */
import type { AttributeValue } from "@aws-sdk/client-dynamodb";

export type Item = Record<string, AttributeValue>;

/** An item as DynamoDB's JSON has it: bytes in base64. */
export const itemToJson = (item: Item): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(item).map(([name, value]) => [
      name,
      value.B ? { B: Buffer.from(value.B.buffer, value.B.byteOffset, value.B.byteLength).toString("base64") } : value,
    ]),
  );

/** An item as text: for the spill, whose queue takes no bytes and not even every character. */
export const itemToText = (item: Item): string => Buffer.from(JSON.stringify(itemToJson(item))).toString("base64");

export type JsonItem = Readonly<Record<string, { readonly S?: string; readonly N?: string; readonly B?: string }>>;

/** Also reads the stream's images, in which Lambda gives bytes as base64. */
export const itemFromJson = (json: JsonItem): Item =>
  Object.fromEntries(
    Object.entries(json).map(([name, value]): [string, AttributeValue] => {
      if (value.B !== undefined) return [name, { B: Buffer.from(value.B, "base64") }];
      return [name, value.N !== undefined ? { N: value.N } : { S: value.S ?? "" }];
    }),
  );

/** Throws without a word of what it was given: that may be a callback. */
export const itemFromText = (text: string): Item => {
  let json: Parameters<typeof itemFromJson>[0];
  try {
    json = JSON.parse(Buffer.from(text, "base64").toString("utf8"));
  } catch {
    throw new Error("what was spilled there is not a callback");
  }
  return itemFromJson(json);
};

/** One input of the fuzzer: a request as it may arrive. What a case does not name is as usual. */
import { createHash } from "node:crypto";

export interface Case {
  readonly body: Uint8Array;
  readonly method?: string;
  /** Path and query. */
  readonly target?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly sourceIp?: string;
  readonly receivedAt?: number;
}

/** As JSON that people can read and edit: UTF-8 bodies as `text`, any other bytes as `latin1`. */
export const caseToText = ({ body, ...rest }: Case): string => {
  const text = Buffer.from(body).toString("utf8");
  const isText = Buffer.from(text, "utf8").equals(body);
  return `${JSON.stringify({ ...rest, ...(isText ? { text } : { latin1: Buffer.from(body).toString("latin1") }) }, null, 2)}\n`;
};

export const caseFromText = (json: string): Case => {
  const { text, latin1, ...rest } = JSON.parse(json);
  return { ...rest, body: text === undefined ? Buffer.from(latin1 ?? "", "latin1") : Buffer.from(text, "utf8") };
};

/** The same for the same case: finding a failure twice makes one file. */
export const caseName = (input: Case): string => `found-${createHash("sha256").update(caseToText(input)).digest("hex").slice(0, 10)}`;

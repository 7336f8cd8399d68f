/**
 * AWS's signature as `aws4` makes it, but for the key of a day, which is kept as a `KeyObject`. `aws4` keeps it as a Buffer, and Node 24 takes four
 * times as long for an HMAC with such a key: a tenth of an acknowledgement's processor time.
 */
import { createHmac, createSecretKey, type KeyObject } from "node:crypto";
import type { OutgoingHttpHeaders } from "node:http";
import aws4 from "aws4";
import type { Access } from "./access.ts";

/** @returns the headers, and with them what proves who sends them. */
export type Signer = (headers: OutgoingHttpHeaders, body: string) => OutgoingHttpHeaders;

export const createSigner = ({ service, region, credentials }: Pick<Access, "service" | "region" | "credentials">): Signer => {
  const keyOf = lastOnly((date) => {
    const parts = [date, region, service, "aws4_request"];
    return createSecretKey(parts.reduce<Buffer>((key, part) => mac(key, part).digest(), Buffer.from(`AWS4${credentials.secretAccessKey}`)));
  });
  class Request extends aws4.RequestSigner {
    override signature(): string {
      return mac(keyOf(this.getDate()), this.stringToSign()).digest("hex");
    }
  }
  return (headers, body) =>
    new Request({ service, region, method: "POST", path: "/", headers, body }, credentials).sign().headers ?? headers;
};

const mac = (key: Buffer | KeyObject, text: string) => createHmac("sha256", key).update(text, "utf8");

/** A day's key serves a day. */
const lastOnly = (make: (date: string) => KeyObject) => {
  let last: { readonly date: string; readonly key: KeyObject } | undefined;
  return (date: string): KeyObject => {
    if (last?.date !== date) last = { date, key: make(date) };
    return last.key;
  };
};

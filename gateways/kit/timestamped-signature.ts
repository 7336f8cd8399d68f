/**
 * Signatures that come with the time that they sign, as fields of one header: `t=<unix seconds>,v1=<hex>[,v1=<hex>]`, the hex an
 * HMAC-SHA256 of the timestamp, a mark and the body. Stripe's form; others have it under other names.
 */
import { type Millis, type RawCallback, type Refusal, refused } from "../../core/callback.ts";
import type { ResignableAging } from "../../core/delivery/aging.ts";
import { anyMatches, hmac } from "../../core/signature.ts";
import type { SourceSettings } from "../gateway.ts";
import { usableSecrets } from "./kit.ts";

interface Form {
  /** As its documents write it. */
  readonly header: string;
  /** Between the fields. */
  readonly separator: "," | ";";
  readonly timestampField: string;
  /** Of a timestamp that is there more than once, the one that counts. */
  readonly timestamp: "first" | "last";
  readonly signatureField: string;
  /** Between the timestamp and the body in what is signed. */
  readonly mark: "." | ":";
  /** Where the signature of the first secret is, which is the newest: some receivers look at one signature only. */
  readonly newest: "first" | "last";
}

/** A signature that matches, of whatever age. */
export interface Signed {
  readonly kind: "signed";
  /** In seconds. */
  readonly at: number;
}

export interface TimestampedSignature {
  /** In seconds, as it is signed; undefined when the callback has none, or one that is not a number of seconds. */
  timestampOf(raw: Pick<RawCallback, "headers">): string | undefined;
  /** Whether one of the secrets has signed it. How old it may be is the gateway's to say. */
  check(raw: RawCallback, settings: SourceSettings): Signed | Refusal;
  /** Several secrets sign side by side, as the gateways do while one is rolled. */
  headers(body: Uint8Array, secrets: readonly string[], now: Millis): Readonly<Record<string, string>>;
}

export const timestampedSignature = (form: Form): TimestampedSignature => {
  const header = form.header.toLowerCase();
  const fieldsIn = ({ headers }: Pick<RawCallback, "headers">): readonly (readonly string[])[] =>
    (headers[header] ?? "").split(form.separator).map((field) => field.split("="));
  const signatureOf = (secret: string, timestamp: string, body: Uint8Array): string =>
    hmac("sha256", secret, [timestamp, form.mark, body], "hex");
  const timestampOf: TimestampedSignature["timestampOf"] = (raw) => {
    const all = fieldsIn(raw).filter(([name]) => name === form.timestampField);
    const timestamp = all.at(form.timestamp === "first" ? 0 : -1)?.[1];
    return timestamp && /^\d{1,12}$/.test(timestamp) ? timestamp : undefined;
  };
  return {
    timestampOf,
    check(raw, settings) {
      if (!raw.headers[header]) return refused(`the header ${form.header} is missing`);
      const timestamp = timestampOf(raw);
      if (timestamp === undefined) return refused(`${form.header} carries no timestamp`);
      const presented = fieldsIn(raw).flatMap(([name, value]) => (name === form.signatureField && value ? [value] : []));
      const expected = usableSecrets(settings).map((secret) => signatureOf(secret, timestamp, raw.body));
      if (!anyMatches(presented, expected)) return refused("no signature matches any of the source's secrets");
      return { kind: "signed", at: Number(timestamp) };
    },
    headers(body, secrets, now) {
      const timestamp = String(Math.floor(now / 1000));
      const ordered = form.newest === "first" ? secrets : secrets.toReversed();
      const signatures = ordered.map((secret) => `${form.signatureField}=${signatureOf(secret, timestamp, body)}`);
      return { [header]: [`${form.timestampField}=${timestamp}`, ...signatures].join(form.separator) };
    },
  };
};

/** @param toleranceSeconds after which the gateway's own library refuses a signature */
export const agingOf = ({ timestampOf, headers }: TimestampedSignature, toleranceSeconds: number): ResignableAging => ({
  toleranceSeconds,
  signedAt(raw) {
    const timestamp = timestampOf(raw);
    return timestamp === undefined ? undefined : Number(timestamp) * 1000;
  },
  resign: ({ body }, settings, now) => headers(body, usableSecrets(settings), now),
});

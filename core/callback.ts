/**
 * What a gateway sent, before and after it is verified.
 * Only a gateway's `verify`, a partner's event bus (bus-callback.ts), and the store that kept what either had accepted, may make a `VerifiedCallback`.
 */

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type Millis = number;

/** One HTTP request from a gateway, exactly as it arrived. */
export interface RawCallback {
  /** The configured source, from the URL's path. */
  readonly source: string;
  readonly method: string;
  /** The public URL that was called, with its query. Some gateways sign it. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The exact bytes. For a GET callback these are the bytes of the query, without `?`. */
  readonly body: Uint8Array;
  readonly sourceIp: string;
  /** When the front received it. Verification uses this, never a worker's clock. */
  readonly receivedAt: Millis;
}

declare const isVerified: unique symbol;

/** A callback that a gateway's `verify` has shown to be genuine. Recording accepts nothing else. */
export type VerifiedCallback = RawCallback & { readonly [isVerified]: true };

export interface Refusal {
  readonly kind: "refused";
  /** For operators and metrics: it names the check that failed, never a secret or a computed signature. */
  readonly reason: string;
}

export type Verification = { readonly kind: "verified"; readonly callback: VerifiedCallback } | Refusal;

/** The answer to a gateway: exact status, content type and bytes. */
export interface Reply {
  readonly status: number;
  readonly contentType: string;
  readonly body: string | Uint8Array;
  /** Further headers. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The only makers of a verification. `verified` is called by gateways, for a partner's events, and by the store for what was stored as verified. */
export const verified = (raw: RawCallback): Verification & { readonly kind: "verified" } => ({
  kind: "verified",
  callback: raw as VerifiedCallback,
});

export const refused = (reason: string): Refusal => ({ kind: "refused", reason });

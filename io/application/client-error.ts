/** Why something the application says did not arrive, with what to do about it. */

/**
 * `invalid`: it cannot be sent as it is; sending it again is pointless. `rejected`: the source does not take it: a wrong secret, URL or clock.
 * `unreachable`: no attempt was answered with success; send it again later.
 */
export type ApplicationClientErrorKind = "invalid" | "rejected" | "unreachable";

export class ApplicationClientError extends Error {
  override readonly name = "ApplicationClientError";
  readonly kind: ApplicationClientErrorKind;
  /** Of the last answer, where there was one. */
  readonly status?: number;

  constructor(kind: ApplicationClientErrorKind, message: string, more: { readonly status?: number; readonly cause?: unknown } = {}) {
    super(message, more.cause === undefined ? {} : { cause: more.cause });
    this.kind = kind;
    if (more.status !== undefined) this.status = more.status;
  }
}

/** Which exit code it becomes on the command line: failed, usage error, or nothing found. */
export type FailureKind = "failed" | "usage" | "nothing found";

/** A reason to stop that a person can act on: what, where and the remedy, shown as one line without a stack trace. */
export class Failure extends Error {
  override readonly name = "Failure";
  readonly kind: FailureKind;
  constructor(message: string, kind: FailureKind = "failed") {
    super(message);
    this.kind = kind;
  }
}

/** The message of anything thrown. */
export const errorMessage = (error: unknown): string => (error instanceof Error ? error.message : String(error));

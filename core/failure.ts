/** A reason not to start, or not to go on, that a person can act on. Shown as one line, without a stack trace. */
export class Failure extends Error {
  override readonly name = "Failure";
}

/** The message of anything thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

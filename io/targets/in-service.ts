/**
 * One call to the AWS service that a target is in: within the target's time limit, and once. Retries are the record's own, which are
 * counted and wait their turn; the SDK's would be neither.
 */
import type { Delivery } from "../../core/lifecycle/retry.ts";
import { clientSettings } from "../clients.ts";

/** The time limit is the call's own signal, so that it is an attempt's, whatever the client it is made with. */
export const onceSettings = (region: string) => ({
  ...clientSettings({ attempts: 1, requestTimeoutMs: 60_000, connectTimeoutMs: 2_000 }),
  region,
});

export interface ServiceCall {
  /** The ARN. */
  readonly place: string;
  readonly region: string;
  readonly timeoutMs: number;
  /** Ends it early. */
  readonly signal: AbortSignal | undefined;
}

/** Never throws: what AWS says, and that it says nothing, is a delivery's outcome. */
export const inService = async (
  { place, timeoutMs, signal }: ServiceCall,
  call: (abortSignal: AbortSignal) => Promise<Delivery>,
): Promise<Delivery> => {
  const timeout = AbortSignal.timeout(Math.ceil(timeoutMs));
  try {
    return await call(signal ? AbortSignal.any([timeout, signal]) : timeout);
  } catch (error) {
    const said = error as { readonly name?: string; readonly message?: string; readonly code?: string } & Answered;
    const status = said.$metadata?.httpStatusCode;
    // A status without a name that the service gave is an answer that the SDK could not read.
    if (status !== undefined && said.$fault !== undefined)
      return {
        kind: "not taken",
        place,
        error: { status, code: said.name ?? "unknown error", message: said.message ?? "" },
      };
    const reason = timeout.aborted
      ? `timed out after ${timeoutMs / 1000} s`
      : signal?.aborted
        ? "the function's time was over"
        : (said.code ?? said.message ?? "unknown error");
    return { kind: "unanswered", cause: { kind: "no answer", detail: `${reason} (${place})` } };
  }
};

interface Answered {
  readonly $metadata?: { readonly httpStatusCode?: number };
  /** On what a service has answered, as the SDK understands it. */
  readonly $fault?: "client" | "server";
}

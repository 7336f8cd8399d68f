/** Whether two callbacks of one id are one, where a gateway does not repeat every byte when it redelivers. */
import { type VerifiedCallback, verified } from "../callback.ts";
import type { CallbackRecord } from "../record.ts";
import { digest } from "../signature.ts";

/** The part of a gateway that knows a redelivery whose bytes differ. */
export interface Comparer {
  content?(callback: VerifiedCallback): string;
}

/** The same for two callbacks of one id that are one: the hash of what their gateway compares, else of their bytes. Never throws. */
export const contentHash = ({ raw, sha256, verification }: CallbackRecord, gateway: Comparer | undefined): string => {
  if (!gateway?.content || verification !== "verified") return sha256;
  try {
    return digest("sha256", [gateway.content(verified(raw).callback)]);
  } catch {
    return sha256;
  }
};

/** What a list of contracts proves: that one has ended, or since when one lives. */
import { contractStates, isEndState } from "../../event.ts";
import type { Difference } from "../compare/difference.ts";

/** A sentence, where nothing can be entered. */
export const whyNotContract = ({ symptom, states, at }: Difference, asOf: number): string | undefined => {
  if (symptom === "data") return undefined;
  if (contractStates.some((one) => one === states?.theirs && isEndState(one))) return "it has ended, and nothing of it is known here";
  return at < asOf ? undefined : "the list does not say since when it lives";
};

export const endTypeOf = (state: string | undefined): "contract.expired" | "contract.cancelled" =>
  state === "expired" ? "contract.expired" : "contract.cancelled";

/** What is to be given back because of a finding: the charges that it is about, and no others of their contracts. */
import type { Draft } from "../findings/draft.ts";
import { partyOf, type Selection, singleParty } from "./of-account.ts";

/** Undefined where the finding is not about money that was taken: an entitlement that nobody pays for, a dispute, a card check. */
export const ofFinding = ({ back, subject, accounts }: Draft): Selection | undefined => {
  if (!back) return undefined;
  const [account] = accounts ?? [];
  const source = subject.kind === "account" ? "" : subject.source;
  return {
    payments: back.payments.map(({ payment, contract, most }) => ({
      party: contract ? partyOf(contract, contract.account ?? account) : singleParty(source, payment, account),
      payment,
      ...(most && { most: most.minor }),
    })),
    past: (back.past ?? []).map(({ contract, isMeant }) => ({ party: partyOf(contract), contract, ...(isMeant && { isMeant }) })),
  };
};

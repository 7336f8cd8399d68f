/** What is to be given back in the five incidents: of each finding that is about charges what is at stake, and of each account what it has paid. */
import { describe, expect, test } from "vitest";
import type { BothSides } from "../../core/application/both-sides.ts";
import { findingOf, sumsByCurrency } from "../../core/findings/draft.ts";
import { draftsOf } from "../../core/findings/findings.ts";
import { sidesOf } from "../../core/findings/sides/sides.ts";
import type { ContractName } from "../../core/ledger/entry.ts";
import { balance } from "../../core/ledger/ledger.ts";
import { recordsOf } from "../../core/refunds/estimate.ts";
import { ofAccount, type Selection } from "../../core/refunds/of-account.ts";
import { ofFinding } from "../../core/refunds/of-finding.ts";
import { createListed, refundList } from "../../core/refunds/refund-list.ts";
import { refundSums } from "../../core/refunds/refund-sums.ts";
import { incidents } from "../../simulator/incidents/index.ts";
import { heardOf, meaningOf } from "./tell.ts";

const start = Date.UTC(2025, 8, 1);

/** The stories begin within two years: everything is recorded, and nothing estimated. */
const owed = (selection: Selection, now: number) => {
  const { lines } = refundList(selection, { listed: createListed(), byHand: new Map(), records: recordsOf(now, 2, "Asia/Tokyo") });
  return refundSums(lines.filter(({ isEstimated }) => !isEstimated)).map(({ currency, left }) => ({ minor: left, currency }));
};

/** What the contracts of a family took and did not return, by currency. */
const keptOf = ({ events }: BothSides, contracts: readonly ContractName[]) =>
  sumsByCurrency(
    contracts.flatMap(({ source, contract }) => {
      const own = events.filter((entry) => entry.source === source && entry.contract === contract);
      return balance(source, contract, own).sums.map(({ currency, net }) => ({ minor: net, currency }));
    }),
  );

describe.each(Object.entries(incidents))("%s", (_, tell) => {
  const { scenes } = tell(start);
  const meanings = scenes.map(({ told, at }) => told.map((one) => meaningOf(one, at)));

  test("gives back of each finding what it says is at stake, in every scene", () => {
    for (const [upTo, { at, title }] of scenes.entries()) {
      const { families, rules } = heardOf(meanings.slice(0, upTo + 1).flat());
      for (const draft of families.flatMap((family) => [...draftsOf(family, rules, at).values()])) {
        const selection = ofFinding(draft);
        const { id, money } = findingOf(draft);
        if (selection) expect(owed(selection, at), `${title}: ${id}`).toEqual(money);
      }
    }
  });

  test("gives each account back what its contracts have taken and not returned, and nothing twice", () => {
    const [last] = scenes.slice(-1);
    const now = last?.at ?? start;
    const { families } = heardOf(meanings.flat());
    let accounts = 0;
    for (const family of families) {
      const sides = sidesOf(family);
      for (const account of new Set(sides.contracts.flatMap((contract) => contract.account ?? []))) {
        accounts++;
        const selection = ofAccount(account, sides);
        const contracts = selection.payments.filter(({ party }) => party.contract !== undefined);
        const back = owed({ ...selection, payments: [...contracts, ...contracts] }, now);
        expect(back, account).toEqual(
          keptOf(
            family,
            selection.past.map(({ contract }) => contract),
          ),
        );
      }
    }
    expect(accounts).toBeGreaterThan(0);
  });
});

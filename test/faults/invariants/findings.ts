/** What is found is a function of the ledger: whatever went wrong on the way, in the end exactly that is open, once, with its money. */

import { findingsOf } from "../../../core/findings/findings.ts";
import { defaultGraces, gracesOf } from "../../../core/findings/graces.ts";
import { isOpen } from "../../../core/findings/lifecycle/stored.ts";
import type { FindingSettings } from "../../../core/findings/settings.ts";
import { parseRecordKey } from "../../../core/record.ts";
import type { Stores } from "../run/stores.ts";
import type { Run } from "./invariants.ts";

const settings: FindingSettings = {
  graces: gracesOf(defaultGraces),
  traitsOf: () => ({ zone: "UTC", tellsEnds: true, tellsRefunds: true }),
  hasSide: () => false,
};

export const findingsAreThoseOfTheLedger = ({ stores, lookedAt }: Run): readonly string[] => {
  if (lookedAt === undefined) return [];
  const events = stores.told.map(({ contract, record, words }) => ({
    source: "sandbox",
    contract,
    record: parseRecordKey(record),
    event: JSON.parse(words),
  }));
  const expected = findingsOf({ events, applicationEvents: [] }, settings, lookedAt).findings.map(textOf);
  const kept = stores.findings.filter(isOpen).map(({ finding }) => textOf(finding));
  return [
    ...expected.filter((one) => !kept.includes(one)).map((one) => `the ledger makes the finding ${one}, and it is not open`),
    ...kept.filter((one) => !expected.includes(one)).map((one) => `the finding ${one} is open, and the ledger does not make it`),
  ];
};

const textOf = ({ id, money }: Stores["findings"][number]["finding"]): string =>
  [id, ...money.map(({ minor, currency }) => `${minor} ${currency}`)].join(" ");

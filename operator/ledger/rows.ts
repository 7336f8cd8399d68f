/** What differs in the ledger, as rows for people and as JSON for programs: of records, of application events, of findings. */

import type { ApplicationEntry } from "../../core/application/both-sides.ts";
import { sourcesNamedBy } from "../../core/application/read-message.ts";
import { placeText } from "../../core/findings/finding.ts";
import { isoTime } from "../../core/formats/iso-time.ts";
import type { Checked } from "./check.ts";
import type { CheckedPlace } from "./check-findings.ts";
import { applicationSidesOf, findingSidesOf, sidesOf } from "./words.ts";

export const columns = [
  { title: "RECORD OR FINDING", cut: "middle" },
  { title: "IN THE LEDGER OF", cut: "middle" },
  { title: "WHAT" },
  { title: "STANDS THERE", cut: "end" },
  { title: "SHOULD STAND THERE", cut: "end" },
] as const;

type Differing = Exclude<Checked, { kind: "agrees" }>;

export const rowsOf = (one: Differing): readonly (readonly string[])[] => {
  switch (one.kind) {
    case "cannot be read":
      return [[one.key, "", one.kind, "", one.why]];
    case "erased":
      return [[one.key, "", one.kind, "", isoTime(one.at)]];
    case "differs":
      return one.differences.map((difference) => [
        one.key,
        difference.entry.contract,
        difference.kind,
        ...sidesOf(difference, one.otherMode),
      ]);
    case "application differs":
      return one.differences.map((difference) => [
        one.key,
        aboutText(difference.entry),
        difference.kind,
        ...applicationSidesOf(difference),
      ]);
    default:
      return one satisfies never;
  }
};

const aboutText = ({ event }: ApplicationEntry): string =>
  event.type === "contract.linked" ? sourcesNamedBy(event).join(" ") : `account ${event.account}`;

export const findingRowsOf = ({ place, differences }: CheckedPlace): readonly (readonly string[])[] =>
  differences.map((one) => [one.id, placeText(place), one.kind, ...findingSidesOf(one)]);

export const asJson = (one: Differing): object => {
  const { places: _, entries: __, ...rest } = { places: [], entries: [], ...one };
  if (one.kind === "cannot be read") return rest;
  if (one.kind === "erased") return { ...rest, at: isoTime(one.at) };
  if (one.kind === "application differs")
    return {
      ...rest,
      differences: one.differences.map((difference) => ({
        kind: difference.kind,
        event: difference.entry.event,
        ...(difference.kind === "differs" && { stored: difference.stored }),
      })),
    };
  return {
    key: one.key,
    kind: one.kind,
    ...(one.otherMode && { otherMode: one.otherMode }),
    differences: one.differences.map((difference) => ({
      kind: difference.kind,
      contract: difference.entry.contract,
      event: difference.entry.event,
      ...(difference.kind === "differs" && { stored: difference.stored }),
    })),
  };
};

/** One for each place. What somebody has altered so that it cannot be read is not repeated. */
export const placeAsJson = ({ place, differences }: CheckedPlace): object => ({
  findingsOf: placeText(place),
  kind: "findings differ",
  differences: differences.map(({ kind, id, ...more }) => ({
    kind,
    id,
    ...("stored" in more && { stored: more.stored }),
    ...("found" in more && more.found && { found: more.found }),
  })),
});

/** Differences as rows for a spreadsheet. */

import { nextStepOf } from "../../difference/difference-text.ts";
import { hourMs } from "../../durations.ts";
import type { CsvCell } from "../../formats/csv.ts";
import { isoTime } from "../../formats/iso-time.ts";
import type { Difference } from "../compare/difference.ts";

export const csvColumns = [
  ...["at", "cause", "symptom", "class", "about", "payment", "reference", "contract", "customer", "order", "line", "account"],
  ...["theirs", "ours", "at_stake", "currency", "age_hours", "record", "next_step"],
];

/** Minor units, so that a spreadsheet adds them up exactly. */
export const csvRow = (difference: Difference): readonly CsvCell[] => {
  const { at, cause, symptom, about, names, theirs, ours, money, age, record } = difference;
  const minor = (amount: typeof theirs): CsvCell => amount?.minor ?? "";
  return [
    ...[
      isoTime(at),
      cause,
      symptom,
      difference.class ?? "",
      about,
      names.payment.join(" "),
      names.reference ?? "",
      names.contract ?? "",
      names.customer ?? "",
    ],
    ...[names.order ?? "", names.line ?? "", names.account ?? "", minor(theirs), minor(ours), minor(money)],
    ...[
      (money ?? theirs ?? ours)?.currency ?? "",
      age === undefined ? "" : Math.floor(age / hourMs),
      record ?? "",
      nextStepOf(difference).advice,
    ],
  ];
};

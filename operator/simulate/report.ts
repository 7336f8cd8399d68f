/** What a simulation reports while it runs and at its end: for people line by line, for programs as one JSON value. */

import { dayOf } from "../../core/formats/iso-time.ts";
import { printableLine } from "../../core/formats/printable.ts";
import type { Unreported } from "../../simulator/callbacks.ts";
import type { Result } from "../../simulator/play.ts";

const columns = { moment: 14, reports: 36 };

/** `2026-02-04  renewed         charge.succeeded, contract.renewed  200 OK` */
export const resultLine = ({ sending, outcome, attempts, answer }: Result): string => {
  const { moment, reports } = sending.callback;
  const note = [
    sending.kind === "genuine" ? "" : sending.kind,
    outcome === "acknowledged" || outcome === "refused" ? "" : outcome,
    attempts > 1 ? `${attempts} attempts` : "",
  ].filter(Boolean);
  const parts = [
    dayOf(moment.at),
    moment.kind.padEnd(columns.moment),
    (reports.join(", ") || "(nothing for the ledger)").padEnd(columns.reports),
    printableLine(answer),
    note.length > 0 ? `(${note.join(", ")})` : "",
  ];
  return parts.join("  ").trimEnd();
};

export interface Summary {
  readonly gateway: string;
  readonly source: string;
  readonly url: string;
  readonly story: string;
  readonly seed: string;
  readonly start: string;
  readonly callbacks: number;
  readonly attempts: number;
  readonly acknowledged: number;
  readonly givenUp: number;
  readonly tampered: { readonly sent: number; readonly refused: number; readonly accepted: number; readonly skipped: number };
  /** Event types that the gateway never reports, with how often the story has them. */
  readonly untold: Readonly<Record<string, number>>;
}

export const summarize = (
  about: Pick<Summary, "gateway" | "source" | "url" | "story" | "seed" | "start">,
  results: readonly Result[],
  unreported: readonly Unreported[],
): Summary => {
  const genuine = results.filter(({ sending }) => sending.kind !== "tampered");
  const forged = results.filter(({ sending }) => sending.kind === "tampered");
  const count = (of: readonly Result[], outcome: Result["outcome"]) => of.filter((one) => one.outcome === outcome).length;
  return {
    ...about,
    callbacks: genuine.length,
    attempts: results.reduce((sum, { attempts }) => sum + attempts, 0),
    acknowledged: count(genuine, "acknowledged"),
    givenUp: count(genuine, "given up"),
    tampered: {
      sent: forged.length - count(forged, "skipped"),
      refused: count(forged, "refused"),
      accepted: count(forged, "accepted"),
      skipped: count(forged, "skipped"),
    },
    untold: Object.fromEntries([...Map.groupBy(unreported, ({ type }) => type)].map(([type, all]) => [type, all.length])),
  };
};

export const summaryText = ({ gateway, callbacks, attempts, acknowledged, givenUp, tampered, untold }: Summary): string => {
  const forged = `${tampered.refused} rejected, ${tampered.accepted} accepted`;
  const missing = Object.entries(untold).map(([type, times]) => (times > 1 ? `${type} (${times})` : type));
  return [
    `${callbacks} callbacks in ${attempts} attempts: ${acknowledged} acknowledged, ${givenUp} given up.`,
    tampered.sent > 0 ? `${tampered.sent} tampered with: ${forged}.` : "",
    tampered.skipped > 0 ? `${tampered.skipped} not tampered with: no part of ${gateway}'s callbacks is covered by a proof.` : "",
    missing.length > 0 ? `Never reported by ${gateway}: ${missing.join(", ")}.` : "",
  ]
    .filter(Boolean)
    .join("\n");
};

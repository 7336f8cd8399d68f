/** Differences in words: what is the matter, and what to do about it. The compiler keeps the tables complete. */
import { formatMoney, type Money } from "../formats/money.ts";
import type { RecordKey } from "../record.ts";
import type { Cause, Symptom } from "./axes.ts";
import type { WhatDiffers } from "./what-differs.ts";

export const causeTexts: Readonly<Record<Cause, string>> = {
  "never sent": "in the export, and no callback of it came",
  "sent, not received": "its callback came and could not be verified",
  "received, not processed": "its callback is stored and has not reached the application",
  "processed late": "recorded more than a day after it happened",
  "application differs": "the application says otherwise than the gateway",
  "export wrong": "recorded, and not in the export, or there with another amount or result",
};

const symptomTexts: Readonly<Record<Symptom, string>> = {
  missing: "one side has it, and the other has not",
  over: "the gateway moved more than is recorded",
  under: "the gateway moved less than is recorded",
  currency: "the currencies differ",
  data: "the results differ: taken, failed or voided",
  duplicate: "it is there once more",
  split: "parts whose sums differ",
};

/** What came late is on both sides by now. */
export const symptomText = ({ cause, symptom }: { readonly cause: Cause; readonly symptom: Symptom }): string =>
  cause === "processed late" ? "it was missing until then" : symptomTexts[symptom];

const nextSteps: Readonly<Record<Cause, string>> = {
  "never sent": "Have the gateway send it again, or enter it from the export: the same command with --recover.",
  "sent, not received": "Release it from quarantine once its secret is right.",
  "received, not processed": "See why it waits, then replay or release it.",
  "processed late": "Nothing is missing any more. See why it came late.",
  "application differs": "Correct the side that is wrong.",
  "export wrong": "Fetch the export again; if it stays so, ask the gateway.",
};

const twice = {
  line: "It is counted once: nothing is to be done, unless the gateway really took it twice.",
  payment: "The gateway may have taken it twice: look there which of them is meant, and give the other back.",
};

export const nextStepOf = ({
  cause,
  symptom,
  record,
}: Pick<WhatDiffers, "cause" | "symptom"> & { readonly record?: RecordKey }): {
  readonly advice: string;
  readonly command?: readonly string[];
} => {
  const advice = symptom === "duplicate" ? twice[cause === "export wrong" ? "line" : "payment"] : nextSteps[cause];
  if (record === undefined) return { advice };
  return { advice, command: cause === "sent, not received" ? ["quarantine", "show", record] : ["show", record] };
};

/** `a charge of 1,980 JPY: in the export, and no callback of it came`. */
export const differenceSentence = ({ about, cause, symptom, theirs, ours }: WhatDiffers): string => {
  const money = theirs ?? ours;
  const said = `a ${about}${money ? ` of ${formatMoney(money)}` : ""}`;
  if (symptom === "missing") return `${said}: ${cause === "export wrong" ? "recorded, and not in the export" : causeTexts[cause]}`;
  return `${said}: ${cause === "export wrong" ? "recorded, and otherwise in the export" : causeTexts[cause]}; ${symptomTexts[symptom]}`;
};

/** `1,980 JPY here, 2,000 JPY at the gateway`. */
export const bothText = ({
  ours,
  theirs,
  states,
}: Pick<WhatDiffers, "ours" | "theirs"> & { readonly states?: { readonly theirs?: string; readonly ours?: string } }): string => {
  const side = (money: Money | undefined, state: string | undefined): string =>
    [money && formatMoney(money), state].filter(Boolean).join(" ");
  const [here, there] = [side(ours, states?.ours), side(theirs, states?.theirs)];
  return [here && `${here} here`, there && `${there} at the gateway`].filter(Boolean).join(", ");
};

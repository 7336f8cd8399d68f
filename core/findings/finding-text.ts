/** Each cause as a sentence, and what an operator does about it: the one table of both, which the compiler keeps complete. */

import { differenceSentence, nextStepOf } from "../difference/difference-text.ts";
import { counted } from "../formats/counted.ts";
import { isoTime } from "../formats/iso-time.ts";
import { formatMoney } from "../formats/money.ts";
import type { AskedBack, Cause, Finding, FindingClass } from "./finding.ts";

export const classTitles: Readonly<Record<FindingClass, string>> = {
  A1: "contract replaced or doubled",
  A2: "entitled without a charge",
  A3: "charged without entitlement",
  AFTER: "charged after cancellation",
  CLOSE: "account closed",
  CONFIRM: "cancellation not confirmed",
  SIBLING: "sibling left active",
  CHECK: "card check",
  REFUND: "refund not seen",
  SILENT: "renewal silent",
  AMOUNT: "amount differs",
  DISPUTE: "disputed",
  UNKNOWN: "unknown type",
  CONFLICT: "two contents under one id",
  EXPORT: "the gateway's export differs, or has not come",
};

export interface Remedy {
  readonly advice: string;
  /** What follows `holdfast`. */
  readonly command?: readonly string[];
}

interface CauseText<Kind extends Cause> {
  readonly sentence: (cause: Kind) => string;
  readonly remedy: (cause: Kind, finding: Finding) => Remedy;
}

type CauseKind = Cause["kind"];
type CauseOf<Kind extends CauseKind = CauseKind> = { [One in Kind]: Extract<Cause, { readonly kind: One }> }[Kind];

const day = (moment: number): string => isoTime(moment).slice(0, 10);

const charges = (count: number): string => (count === 1 ? "1 charge" : `${count} charges`);

/** That of its first record, with the bytes. */
const show = (advice: string, { evidence }: Finding): Remedy => {
  const [first] = evidence;
  return first ? { advice, command: ["show", first.record] } : withoutCommand(advice);
};

/** Nothing follows the colon. */
const withoutCommand = (advice: string): Remedy => ({ advice: `${advice.slice(0, -1)}.` });

const askedText = ({ asked, payments, others = [] }: AskedBack): string => {
  const sums = [asked, ...others.map((other) => other.asked)].map(formatMoney).join(" and ");
  return `asked to give back ${sums}${payments === undefined ? "" : ` of ${counted(payments, "payment")}`}`;
};

/** The first contract it is about, with its history. */
const look =
  (advice: string) =>
  (_: Cause, { names }: Finding): Remedy => {
    const [contract] = names.contracts;
    return contract === undefined ? withoutCommand(advice) : { advice, command: ["contract", contract] };
  };

const giveBack = look("Cancel it at the gateway if it is alive, and give the money back. To see every charge:");

export const findingTexts: { readonly [Kind in CauseKind]: CauseText<CauseOf<Kind>> } = {
  replaced: {
    sentence: ({ known }) => `charged under a contract that the application does not know, in the place of ${known}`,
    remedy: look(
      "The customer cannot cancel what the application does not know. Put the new contract into the application, or cancel it at the gateway:",
    ),
  },
  doubled: {
    sentence: ({ known }) => `charged twice: under ${known}, and under a contract that the application does not know`,
    remedy: look("Cancel the contract that the application does not know at the gateway, and give its charges back:"),
  },
  "same plan twice": {
    sentence: ({ other, plan }) => `two contracts for the plan ${plan} are charged; the other is ${other.source}/${other.contract}`,
    remedy: look("Ask the customer which one is meant. Cancel the other on both sides, and give its charges back:"),
  },
  "never charged": {
    sentence: () => "entitled, and no payment stands",
    remedy: look("Look for the payment at the gateway. If there is none, ask for it or revoke the entitlement:"),
  },
  ended: {
    sentence: ({ endedAt, paidUntil }) =>
      `still entitled: the gateway ended it on ${day(endedAt)}${paidUntil === undefined ? "" : `, paid until ${day(paidUntil)}`}`,
    remedy: look("Revoke the entitlement in the application, or have the customer sign up again:"),
  },
  "charge failed": {
    sentence: ({ failedAt, paidUntil }) =>
      `still entitled: charging fails since ${day(failedAt)}${paidUntil === undefined ? "" : `, paid until ${day(paidUntil)}`}`,
    remedy: look("Ask the customer for another card, or revoke the entitlement:"),
  },
  "charged without entitlement": {
    sentence: ({ never, charges: count }) =>
      never ? `${charges(count)} of a contract that the application never granted` : `${charges(count)} after the entitlement was revoked`,
    remedy: giveBack,
  },
  "charged after its end": {
    sentence: ({ endedAt, charges: count }) => `${charges(count)} after the gateway ended it on ${day(endedAt)}`,
    remedy: look("Give the money back, and ask the gateway why it went on charging:"),
  },
  "charged after closing": {
    sentence: ({ closedAt, charges: count }) => `${charges(count)} after the account was closed on ${day(closedAt)}`,
    remedy: giveBack,
  },
  "outlives its account": {
    sentence: ({ closedAt, living }) =>
      `the account was closed on ${day(closedAt)}, and ${living.length === 1 ? "a contract" : `${living.length} contracts`} of it did not end`,
    remedy: look("Cancel it at the gateway before it is charged again:"),
  },
  "not confirmed": {
    sentence: ({ requestedAt, isTold }) =>
      `cancelled on ${day(requestedAt)}, and the gateway has not ended it${isTold ? "" : "; this gateway never says so"}`,
    remedy: ({ isTold }, finding) =>
      look(
        isTold
          ? "Cancel it at the gateway. The finding closes when the gateway says so:"
          : "Enter its end from the gateway's list of contracts (`reconcile --recover`), or look at its own pages; then `findings handle`, and say so:",
      )(finding.cause, finding),
  },
  "sibling left active": {
    sentence: ({ ended, endedAt }) => `goes on, while ${ended.source}/${ended.contract}, which belongs to it, ended on ${day(endedAt)}`,
    remedy: look("Ask whether that is meant. If so, `findings handle` with the reason keeps it handled; else cancel it:"),
  },
  "not voided": {
    sentence: () => "a card check was not undone: the customer sees it on a statement",
    remedy: (_, finding) => show("Void it at the gateway. If it is a genuine sale of one unit, dismiss the finding:", finding),
  },
  "checked often": {
    sentence: ({ most }) => `${most} card checks within 30 days`,
    remedy: () => ({ advice: "Have the application check the card less often, or find out who tries cards." }),
  },
  "refund not seen": {
    sentence: (cause) => {
      const came = [cause, ...(cause.others ?? [])].filter(({ back }) => back.minor > 0).map(({ back }) => formatMoney(back));
      return `${askedText(cause)}, and ${came.join(" and ") || "nothing"} came back`;
    },
    remedy: look("Give it back at the gateway:"),
  },
  "refund cannot be seen": {
    sentence: (cause) => `${askedText(cause)}; this gateway never says whether it did`,
    remedy: look("It cannot be seen here. Confirm it by the gateway's export or its own pages, then `findings handle`:"),
  },
  "renewal silent": {
    sentence: ({ dueAt }) => `a renewal was due on ${day(dueAt)}, and the gateway said nothing of it`,
    remedy: look("Look at the gateway whether it charged. If a callback is missing, have it sent again:"),
  },
  "amount differs": {
    sentence: ({ taken, price, charges: count }) =>
      `${charges(count)} not of the price of ${formatMoney(price)}${taken ? `, but of ${formatMoney(taken)}` : ""}`,
    remedy: look("Correct the price on the side that is wrong, and give back what was too much:"),
  },
  disputed: {
    sentence: ({ disputes }) => (disputes === 1 ? "the bank disputes a payment" : `the bank disputes ${disputes} payments`),
    remedy: look("Answer it at the gateway before its deadline. Do not refund it as well:"),
  },
  "unknown type": {
    sentence: ({ types }) => `the gateway reports what Holdfast does not know: ${types.join(", ")}`,
    remedy: (_, finding) => show("Read what it says. Have the gateway's folder learn it, deploy, then replay:", finding),
  },
  conflict: {
    sentence: ({ record }) => `another content came under the id of ${record}; the first stands`,
    remedy: ({ record }) => ({ advice: "Decide which of the two is delivered:", command: ["conflicts", "show", record] }),
  },
  "export differs": {
    sentence: ({ differences }) => {
      const [first, ...others] = differences;
      return `${first ? differenceSentence(first) : "differs"}${others.length > 0 ? `; and ${others.length} more` : ""}`;
    },
    remedy: ({ differences }, finding) => {
      const [first] = differences;
      const record = finding.evidence[0]?.record;
      const step = first && nextStepOf({ cause: first.cause, symptom: first.symptom, ...(record !== undefined && { record }) });
      return step ?? { advice: "Compare again with the gateway's export." };
    },
  },
  "export overdue": {
    sentence: ({ month, dueAt }) => `no export of ${month} was compared, and it has usually come by ${day(dueAt)}`,
    remedy: ({ month, from, asOf }, { subject }) => {
      const source = "source" in subject ? subject.source : "SOURCE";
      return {
        advice: `Fetch it from the gateway, and put it under exports/${source}/ in the bucket as ${month}.csv, or compare it from here. The finding closes within an hour:`,
        command: ["reconcile", "--source", source, "--export", "FILE", "--from", isoTime(from), "--as-of", isoTime(asOf), "--yes"],
      };
    },
  },
};

/** A cause's own row, whose functions take that cause. */
const textOf = (cause: Cause): CauseText<Cause> => findingTexts[cause.kind] as CauseText<Cause>;

export const sentenceOf = ({ cause }: Pick<Finding, "cause">): string => textOf(cause).sentence(cause);

export const remedyOf = (finding: Finding): Remedy => textOf(finding.cause).remedy(finding.cause, finding);

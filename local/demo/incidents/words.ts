/** What is told and what an operator does, in a few words for people. */
import { applicationEventText } from "../../../core/application/event-text.ts";
import { readMessage } from "../../../core/application/read-message.ts";
import { readFindingId } from "../../../core/findings/finding.ts";
import { parseJson } from "../../../core/formats/json.ts";
import type { MomentKind } from "../../../gateways/moment.ts";
import type { Deed, Told } from "../../../simulator/incidents/incident.ts";

const gatewayWords: Readonly<Record<MomentKind, string>> = {
  "card checked": "card checked",
  "card declined": "card declined",
  started: "contract begins",
  paid: "charged",
  renewed: "charged for another month",
  failed: "charge failed",
  recovered: "charged after all",
  refunded: "money given back",
  authorized: "authorised",
  captured: "captured",
  voided: "voided",
  paused: "paused",
  resumed: "resumed",
  "end announced": "will end with what is paid",
  cancelled: "contract ended",
  expired: "contract expired",
  disputed: "disputed",
  "dispute won": "dispute won",
  "dispute lost": "dispute lost",
};

export const toldText = (told: Told): string => (told.side === "gateway" ? gatewayWords[told.what as MomentKind] : applicationWords(told));

const applicationWords = ({ body, at }: Told): string => {
  const read = readMessage(parseJson(body), { id: "", receivedAt: at });
  return read.kind === "read" ? applicationEventText(read.event) : read.problems.join("; ");
};

const moneyMoments: ReadonlySet<string> = new Set([
  "paid",
  "renewed",
  "failed",
  "recovered",
  "refunded",
  "authorized",
  "captured",
  "voided",
]);

export const movesMoney = ({ side, what }: Told): boolean => side === "gateway" && moneyMoments.has(what);

export const deedText = (deed: Deed): string => {
  switch (deed.kind) {
    case "take":
      return `takes ${classIn(deed)}`;
    case "handle":
      return `handles ${classIn(deed)}: ${deed.why}`;
    case "dismiss":
      return `dismisses ${classIn(deed)}: ${deed.why}`;
    case "note":
      return `notes on ${classIn(deed)}: ${deed.text}`;
    case "hold":
      return `holds deliveries: ${deed.why}`;
    case "resume":
      return `lets deliveries go on, ${deed.ratePerSecond} a second`;
    default:
      return deed satisfies never;
  }
};

const classIn = ({ finding }: { readonly finding: string }): string => readFindingId(finding)?.place ?? finding;

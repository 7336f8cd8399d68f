/** What a person can type next about a record, in the state it is in. */
import type { Progress } from "../../core/lifecycle/progress.ts";
import type { CallbackRecord, RecordKey } from "../../core/record.ts";
import { momentText } from "../cli/time-words.ts";
import { remedyFor } from "../dead/reason.ts";

export interface NextStep {
  readonly advice: string;
  /** Ready to be typed. */
  readonly command?: string;
}

type Command = (...words: readonly string[]) => string;

export const nextStep = ({
  key,
  record,
  progress,
  command,
}: {
  readonly key: RecordKey;
  readonly record: Pick<CallbackRecord, "verification" | "refusal"> | undefined;
  readonly progress: Progress | undefined;
  readonly command: Command;
}): NextStep => {
  if (record?.verification === "refused" && !progress)
    return {
      advice:
        "It could not be proven, lies in quarantine, and is never delivered as it is. Once the source's secret is right (`holdfast doctor`):",
      command: command("quarantine", "release", key, "--why", "the secret was corrected"),
    };
  if (!record) return { advice: "Its bytes are gone, because the retention time is over. The ledger keeps what they said." };
  const again = command("replay", key, "--yes");
  const soon: NextStep = {
    advice: "It is taken up within seconds, or by the sweep within two minutes. To look again:",
    command: command("show", key),
  };
  if (!progress) return soon;
  switch (progress.state) {
    case "stored":
      return soon;
    case "applied":
      return { advice: "The ledger knows it, and its delivery is under way. To look again:", command: command("show", key) };
    case "retrying":
    case "scheduled":
      return {
        advice: `It is tried again by itself${progress.dueAt === undefined ? "" : `, at ${momentText(progress.dueAt)} at the latest`}. To try it now:`,
        command: again,
      };
    case "waiting":
      return waitingStep(progress, command);
    case "dead":
      return { advice: remedyFor(progress.reason), command: again };
    case "delivered":
      return { advice: "Nothing is left to do. To send it again, under the same id:", command: again };
    case "ignored":
      return {
        advice: "Nothing is left to do. If it was ignored by mistake, correct `ignore` in the configuration, deploy, and:",
        command: again,
      };
    case "discarded":
      return { advice: "A person has laid it aside. To send it after all:", command: again };
    default:
      return progress.state satisfies never;
  }
};

const waitingStep = (progress: Progress, command: Command): NextStep => {
  if (progress.held !== undefined)
    return {
      advice: `It is delivered, in its turn, when the target ${progress.held} is held no longer. The breaker lets go by itself; what a person holds:`,
      command: command("resume", progress.held),
    };
  if (/^the contract .* is held/.test(progress.reason ?? ""))
    return {
      advice: "It is delivered when its contract is held no longer. To let it go:",
      command: command("resume", `${progress.source}/${progress.contracts[0] ?? ""}`),
    };
  const before = /behind (\S+) of the same contract/.exec(progress.reason ?? "")?.[1];
  return before === undefined
    ? {
        advice: "It is delivered when its contract moves on. To see its line:",
        command: command("contract", `${progress.source}/${progress.contracts[0] ?? ""}`),
      }
    : { advice: "It is delivered, in its turn, when the one before it is settled. To see that one:", command: command("show", before) };
};

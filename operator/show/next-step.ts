/** What to type next about a record, by its state. */
import { type Remedy, remedyFor } from "../../core/lifecycle/cause-text.ts";
import { causeOf, isSettled, type Progress } from "../../core/lifecycle/progress.ts";
import type { CallbackRecord, RecordKey } from "../../core/record.ts";
import { momentText } from "../terminal/time-words.ts";

export interface NextStep {
  readonly advice: string;
  /** Ready to type. */
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
        "It could not be verified and is in quarantine; it is not delivered from there. Once the source's secret is right (`holdfast doctor`):",
      command: command("quarantine", "release", key, "--why", "the secret was corrected"),
    };
  if (!record) return { advice: "Its bytes are gone, because the retention time is over. The ledger keeps what they said." };
  return ready(progress ? remedyIn(progress) : onItsWay(key), command);
};

const ready = ({ advice, command: words }: Remedy, command: Command): NextStep => ({
  advice,
  ...(words && { command: command(...words) }),
});

const onItsWay = (key: RecordKey): Remedy => ({
  advice: "It is picked up within seconds, or by the sweep within two minutes. To look again:",
  command: ["show", key],
});

const remedyIn = (progress: Progress): Remedy => {
  const { key, source, contracts } = progress;
  const again = ["replay", key, "--yes"];
  switch (progress.state) {
    case "applied":
      return { advice: "The ledger has it, and its delivery is in flight. To look again:", command: ["show", key] };
    case "retrying":
    case "scheduled":
      return { advice: `It is retried automatically by ${momentText(progress.dueAt)}. To try it now:`, command: again };
    case "delivered":
      return { advice: "Nothing is left to do. To send it again, under the same id:", command: again };
    case "waiting":
      // An older version kept only the sentence.
      return progress.cause.kind === "as recorded"
        ? {
            advice: "It is delivered when its contract moves on. To see its line:",
            command: ["contract", `${source}/${contracts[0] ?? ""}`],
          }
        : remedyFor(progress.cause, progress);
    default: {
      const cause = causeOf(progress);
      if (cause?.kind === "as recorded" && progress.state === "ready") return onItsWay(key);
      if (cause?.kind === "as recorded" && isSettled(progress.state))
        return { advice: "Nothing is left to do. To deliver it anyway:", command: again };
      return cause ? remedyFor(cause, progress) : onItsWay(key);
    }
  }
};

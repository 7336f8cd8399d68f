/** Sends a story at its pace, and tries again on the gateway's schedule until the answer is exactly the gateway's positive word. */
import { setTimeout as pause } from "node:timers/promises";
import type { RawCallback } from "../core/callback.ts";
import type { Gateway, SourceSettings } from "../gateways/index.ts";
import { signCallback } from "./callbacks.ts";
import { type Sending, tamper } from "./faults.ts";
import { type Answer, describeAnswer, isWord, send } from "./send.ts";

export interface Destination {
  readonly gateway: Gateway;
  readonly source: string;
  /** Where requests go. */
  readonly url: string;
  readonly settings: SourceSettings;
}

export interface Pace {
  /** First attempts a second. */
  readonly ratePerSecond: number;
  /** Seconds between attempts, in the gateway's time. */
  readonly schedule: readonly number[];
  /** How many of its seconds are one of ours. */
  readonly compression: number;
}

/**
 * acknowledged: the positive word came, if not at once. given up: all attempts are used up. Of a tampered copy, which is sent
 * once: refused, or accepted - into quarantine, where that is the source's policy. skipped: nothing of it could be tampered with.
 */
export type Outcome = "acknowledged" | "given up" | "refused" | "accepted" | "skipped";

export interface Result {
  readonly sending: Sending;
  readonly outcome: Outcome;
  readonly attempts: number;
  /** The last one, for people. */
  readonly answer: string;
}

/** How long a gateway waits that does not publish it. */
const usualDeadlineSeconds = 30;

/** Tells each result as soon as it is known, and returns when all are. */
export const play = async (
  sendings: readonly Sending[],
  destination: Destination,
  { ratePerSecond, schedule, compression }: Pace,
  { random, tell }: { readonly random: () => number; readonly tell: (result: Result) => void },
): Promise<readonly Result[]> => {
  const { gateway, source, url, settings } = destination;
  const deadlineMs = (gateway.facts.deadlineSeconds ?? usualDeadlineSeconds) * 1000;
  const { secrets: _, ...known } = settings;
  const begun = performance.now();
  return Promise.all(
    sendings.map(async (sending, index) => {
      await pause(Math.max(0, begun + (index * 1000) / ratePerSecond - performance.now()));
      const result = sending.kind === "tampered" ? await sendTampered(sending) : await sendUntilLiked(sending);
      tell(result);
      return result;
    }),
  );

  async function sendUntilLiked(sending: Sending): Promise<Result> {
    for (let attempts = 1; ; attempts++) {
      const raw = signed(sending);
      const answer = await send({ raw, deadlineMs, losesAnswer: sending.losesAnswer && attempts === 1 });
      const liked = isWord(answer, gateway.acknowledge(raw, known));
      if (liked) return { sending, outcome: "acknowledged", attempts, answer: describeAnswer(answer) };
      const wait = schedule[attempts - 1];
      if (wait === undefined) return { sending, outcome: "given up", attempts, answer: describeAnswer(answer) };
      await pause((wait * 1000) / compression);
    }
  }

  async function sendTampered(sending: Sending): Promise<Result> {
    const raw = tamper(signed(sending), gateway, settings, random);
    if (!raw) return { sending, outcome: "skipped", attempts: 0, answer: `nothing that ${gateway.name} sends is proven` };
    const answer: Answer = await send({ raw, deadlineMs });
    const outcome = isWord(answer, gateway.acknowledge(raw, known)) ? "accepted" : "refused";
    return { sending, outcome, attempts: 1, answer: describeAnswer(answer) };
  }

  function signed({ callback }: Sending): RawCallback {
    return signCallback(gateway, callback, settings, { source, url, now: Date.now() });
  }
};

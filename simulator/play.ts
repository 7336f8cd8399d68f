/** Sends a story at its pace, and retries on the gateway's schedule until the answer is exactly the gateway's acknowledgement. */
import { setTimeout as pause } from "node:timers/promises";
import type { Millis, RawCallback } from "../core/callback.ts";
import type { Gateway, SourceSettings } from "../gateways/index.ts";
import { signCallback } from "./callbacks.ts";
import { type Sending, tamper } from "./faults.ts";
import type { Random } from "./random.ts";
import { describeAnswer, isAnswer, send } from "./send.ts";

export interface Destination {
  readonly gateway: Gateway;
  readonly source: string;
  /** Where requests go. */
  readonly url: string;
  readonly settings: SourceSettings;
  /** The gateway's, by which it signs. */
  readonly clock: () => Millis;
}

interface Pace {
  /** First attempts a second. */
  readonly ratePerSecond: number;
  /** Seconds between attempts, in the gateway's time. */
  readonly schedule: readonly number[];
  /** How many of its seconds are one of ours. */
  readonly compression: number;
}

/**
 * acknowledged: the acknowledgement came, if not at once. given up: all attempts are used up. Of a tampered copy, which is sent
 * once: refused, or accepted - into quarantine, where that is the source's policy. skipped: nothing of it could be tampered with.
 */
export type Outcome = "acknowledged" | "given up" | "refused" | "accepted" | "skipped";

export interface Result {
  readonly sending: Sending;
  readonly outcome: Outcome;
  readonly attempts: number;
  /** The last answer, for people. */
  readonly answer: string;
}

/** How long a gateway waits when it publishes no deadline. */
const usualDeadlineSeconds = 30;

export const deadlineMsOf = ({ facts }: Gateway): number => (facts.deadlineSeconds ?? usualDeadlineSeconds) * 1000;

/** Attempts until one is acknowledged or the waits are used up. @returns the last attempt, and the number of attempts */
export const untilAcknowledged = async <Heard extends { readonly isAcknowledged: boolean }>(
  attempt: (number: number) => Promise<Heard>,
  waitsMs: readonly number[],
): Promise<{ readonly last: Heard; readonly attempts: number }> => {
  for (let attempts = 1; ; attempts++) {
    const last = await attempt(attempts);
    const wait = waitsMs[attempts - 1];
    if (last.isAcknowledged || wait === undefined) return { last, attempts };
    await pause(wait);
  }
};

/** Reports each result as soon as it is known, and returns when all are. */
export const play = async (
  sendings: readonly Sending[],
  { gateway, source, url, settings, clock }: Destination,
  { ratePerSecond, schedule, compression }: Pace,
  { random, report }: { readonly random: Random; readonly report: (result: Result) => void },
): Promise<readonly Result[]> => {
  const { secrets: _, ...known } = settings;
  const waitsMs = schedule.map((seconds) => (seconds * 1000) / compression);
  const begun = performance.now();
  return Promise.all(
    sendings.map(async (sending, index) => {
      await pause(Math.max(0, begun + (index * 1000) / ratePerSecond - performance.now()));
      const result = sending.kind === "tampered" ? await sendTampered(sending) : await sendGenuine(sending);
      report(result);
      return result;
    }),
  );

  async function sendGenuine(sending: Sending): Promise<Result> {
    const { last, attempts } = await untilAcknowledged(
      (number) => exchange(signed(sending), sending.losesAnswer && number === 1 ? "answer lost" : undefined),
      waitsMs,
    );
    return { sending, outcome: last.isAcknowledged ? "acknowledged" : "given up", attempts, answer: describeAnswer(last.answer) };
  }

  async function sendTampered(sending: Sending): Promise<Result> {
    const raw = tamper(signed(sending), gateway, settings, random);
    if (!raw) return { sending, outcome: "skipped", attempts: 0, answer: `nothing that ${gateway.name} sends is covered by its proof` };
    const { answer, isAcknowledged } = await exchange(raw);
    return { sending, outcome: isAcknowledged ? "accepted" : "refused", attempts: 1, answer: describeAnswer(answer) };
  }

  async function exchange(raw: RawCallback, fault?: "answer lost") {
    const answer = await send({ raw, deadlineMs: deadlineMsOf(gateway), fault });
    return { answer, isAcknowledged: isAnswer(answer, gateway.acknowledge(raw, known)) };
  }

  function signed({ callback }: Sending): RawCallback {
    return signCallback(gateway, callback, settings, { source, url, now: clock() });
  }
};

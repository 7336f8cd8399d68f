/**
 * An application with the faults of real ones: now and then slow, now and then a 500 or a 429, unreachable for a while, and
 * with a bug that makes it reject one contract until an operator fixes it. Its log says what really reached it, and when.
 */
import { digest } from "../../core/signature.ts";
import { createRandom } from "../../simulator/random.ts";
import { type Delivery, type DeliveryAnswer, startApplication } from "../application.ts";
import { pause } from "../wait.ts";

/** One delivery as the application saw it. Moments are those of `performance.now()`. */
export interface Seen {
  readonly record: string;
  readonly idempotencyKey: string;
  /** SHA-256 of the bytes that came. */
  readonly sha256: string;
  readonly arrivedAt: number;
  /** Absent while it is at work, and for good when the connection broke first. */
  readonly answered?: { readonly status: number; readonly at: number };
  /** When it was answered, or the connection ended. */
  readonly endedAt: number;
}

/** @param refused the id of the contract that it rejects. */
export const startFaultyApplication = async ({ seed, refused }: { readonly seed: number; readonly refused: string }) => {
  const log: Seen[] = [];
  const known = new Set<string>();
  let isFixed = false;

  const answerTo = async ({ record, body }: Delivery): Promise<DeliveryAnswer> => {
    const isNew = !known.has(record);
    known.add(record);
    if (!isFixed && body.includes(refused)) return { status: 422, text: `unknown plan in ${refused}` };
    const mood = createRandom(`${seed}/${record}`)();
    if (isNew && mood < 0.04) return { status: 500, text: "deadlock detected, please retry" };
    if (isNew && mood < 0.06) return { status: 429, headers: { "retry-after": "1" }, text: "slow down" };
    if (mood > 0.93) await pause(100 + (mood - 0.93) * 5_000);
    return { status: 200, text: "thanks" };
  };

  const take = async (delivery: Delivery): Promise<DeliveryAnswer> => {
    const { record, id, body, arrivedAt, gone } = delivery;
    const seen: Seen = {
      record,
      idempotencyKey: id,
      sha256: digest("sha256", [body]),
      arrivedAt,
      endedAt: Number.POSITIVE_INFINITY,
    };
    const at = log.push(seen) - 1;
    // What was answered has ended with its answer: by the time its connection says so, the next delivery may have come.
    gone.addEventListener("abort", () => {
      if (!log[at]?.answered) log[at] = { ...seen, endedAt: performance.now() };
    });
    const answer = await answerTo(delivery);
    const answeredAt = performance.now();
    if (!gone.aborted) log[at] = { ...seen, answered: { status: answer.status, at: answeredAt }, endedAt: answeredAt };
    return answer;
  };

  const { url, port, close } = await startApplication(take);
  let stop = close;
  return {
    url: `${url}/webhooks`,
    log: log as readonly Seen[],
    /** Connections are refused from now on, and those in flight break. */
    goDown: () => stop(),
    comeBack: async () => {
      stop = (await startApplication(take, port)).close;
    },
    /** No contract is rejected any more. */
    fix: () => {
      isFixed = true;
    },
    close: () => stop(),
  };
};

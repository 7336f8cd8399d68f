/** What people look up about a gateway: written once, in `gateways/<name>/facts.ts`, for the documents, the simulator and `holdfast doctor`. */

/** `H`: official text, code or vector. `M`: one good secondary source. `L`: inference. */
export type Confidence = "H" | "M" | "L";

/** What a secret of this gateway looks like, so that local ones look real. */
export type SecretForm = "text" | "hex" | "base64" | "whsec" | "rsa";

export const second = 1;
export const minute = 60;
export const hour = 3_600;
export const day = 24 * hour;

export const every = (wait: number, times: number): readonly number[] => Array.from({ length: times }, () => wait);

/** When a gateway retries what was not acknowledged; `note` says what numbers cannot. */
export type Retries = { readonly note?: string } & (
  | { /** Seconds from each attempt to the next; empty: it never retries. */ readonly waits: readonly number[] }
  /** It publishes a span in seconds, perhaps how many times, and not the waits in between. */
  | { readonly within: number; readonly times?: number }
  | { readonly unpublished: true }
);

/** Where it publishes no waits: each twice the one before, or evenly spread. Enough to outlast a restart where nothing is published. */
export const retryWaits = (retries: Retries): readonly number[] => {
  if ("waits" in retries) return retries.waits;
  if ("unpublished" in retries) return doubling(minute, 30 * minute);
  const { within, times } = retries;
  return times === undefined ? doubling(minute, within) : every(within / times, times);
};

const doubling = (first: number, span: number): readonly number[] => {
  const waits: number[] = [];
  for (let wait = first, sum = first; sum <= span; wait *= 2, sum += wait) waits.push(wait);
  return waits;
};

/** For people: "every 3 min, 3 times", "25 times within 3 d (then failed until resent by hand)". */
export const retriesText = (retries: Retries | string): string => {
  if (typeof retries === "string") return retries;
  const note = retries.note === undefined ? "" : ` (${retries.note})`;
  if ("unpublished" in retries) return `not published${note}`;
  if ("within" in retries)
    return `${retries.times === undefined ? "" : `${retries.times} times `}within ${spanText(retries.within)}${note}`;
  return `${retries.waits.length === 0 ? "never" : waitsText(retries.waits)}${note}`;
};

const waitsText = (waits: readonly number[]): string => {
  const runs: { wait: number; times: number }[] = [];
  for (const wait of waits) {
    const last = runs.at(-1);
    if (last?.wait === wait) last.times++;
    else runs.push({ wait, times: 1 });
  }
  return (
    runs
      .map(({ wait, times }) => (times > 2 ? `every ${spanText(wait)}, ${times} times` : `after ${spanText(wait)}`))
      .join("; ")
      // "after 5 s, 5 min", but not "3 times, 2 min".
      .replace(/(?<=after [^;]*); after /g, ", ")
  );
};

const spanText = (seconds: number): string => {
  const [size, unit] = (
    [
      [day, "d"],
      [hour, "h"],
      [minute, "min"],
    ] as const
  ).find(([one]) => seconds % one === 0) ?? [1, "s"];
  return `${seconds / size} ${unit}`;
};

/**
 * How sure each fact is, and which of `sources` says so: `H 3` is official, by the third. Without a number it was read in public
 * code or inferred. `-`: nothing is published, so nothing is claimed.
 */
export type Sureness = Confidence | `${Confidence} ${number}` | "-";

export interface GatewayFacts {
  /** The gateway's own name for itself, for people: "GMO Payment Gateway". */
  readonly title: string;
  /** The gateway's pages (or official code) these facts come from. */
  readonly sources: readonly string[];
  readonly confidence: Confidence;
  /** One line: what proves a callback. */
  readonly proof: string;
  /** One line: what makes the idempotency key. */
  readonly key: string;
  /**
   * Headers of its own, in lower case, `x-shop-*` for all that begin so: these are passed through, and what else a request carries is
   * not, for anybody can add it. Absent, for a custom gateway of an earlier version: all but those that nobody may choose for us.
   */
  readonly headers?: readonly string[];
  /** Options of the source that name more of them, separated by commas. */
  readonly headerOptions?: readonly string[];
  /**
   * What an endpoint answers, in this gateway's own word and with status 200, to be sent a callback again. In pass-through such an
   * answer is a failed attempt, not a delivery: the whole answer, or as much of it as is kept.
   */
  readonly rejections?: readonly RegExp[];
  readonly charset: string;
  /** @default text */
  readonly secret?: SecretForm;
  /** Seconds the gateway waits for the answer. Absent: it publishes none. */
  readonly deadlineSeconds?: number | undefined;
  /** A sentence where there is nothing to compute with. */
  readonly retries: Retries | string;
  /** One line: what it announces, and what it never does. */
  readonly announces: string;
  /** The field by which its callbacks say that they are about real money or a test (mode.ts). Absent: they do not say. */
  readonly mode?: string;
  /** One line: what its callbacks never say although the ledger wants it, and whether the API fills it in. Absent: they say all. */
  readonly cannotSay?: string;
  /** The zone in which it counts days and months, where that is not UTC. */
  readonly zone?: string;
  /** What happens without a callback, whatever is subscribed to, so that nobody waits for one. */
  readonly neverTells?: readonly ("ends" | "refunds")[];
  /** Absent: as sure as `confidence` says, in everything. */
  readonly sure?: {
    readonly proof: Sureness;
    readonly key: Sureness;
    readonly answers: Sureness;
    readonly deadline: Sureness;
    readonly retries: Sureness;
    readonly announces: Sureness;
  };
  /** What is not certain, and what was decided anyway. Remove a doubt once it is settled. */
  readonly doubts?: readonly string[];
}

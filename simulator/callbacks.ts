/** A story as one gateway would send it: the callbacks, in order. Pure: the same order gives the same bytes. */
import type { Millis, RawCallback } from "../core/callback.ts";
import type { EventType } from "../core/event.ts";
import { Failure } from "../core/failure.ts";
import type { Money } from "../core/formats/money.ts";
import type { Mode } from "../core/mode.ts";
import type { Gateway, SourceSettings } from "../gateways/index.ts";
import { type Moment, momentEvents } from "../gateways/moment.ts";
import { findWriter } from "../gateways/registry/find-writer.ts";
import type { Options, Writer } from "../gateways/writer.ts";
import { type PlannedMoment, planStory } from "./plan-story.ts";
import { findStory, type Story, stories } from "./stories.ts";

export interface StoryOrder {
  /** A story's name, or a custom story. @default life */
  readonly story?: string | Story;
  /** The same seed gives the same ids and times; another seed gives another life. @default 1 */
  readonly seed?: string | number;
  /** Different ids for the same life: two orders that differ only in this differ only in their ids. */
  readonly twin?: string;
  /** When the story begins, by the gateway's clock. @default 2026-01-05T00:00Z */
  readonly start?: Millis;
  /** The contract's id, instead of one in the gateway's form. */
  readonly contract?: string;
  /** @default 1,980 JPY */
  readonly amount?: Money;
  /** The source's options: some gateways' callbacks repeat them, `hmac` is made of them. */
  readonly options?: Options;
  /** What the source is for, where its gateway's callbacks say which they are. @default "live" */
  readonly mode?: Mode;
}

export interface SimulatedCallback {
  readonly moment: Moment;
  /** When the gateway sends it, in the story's time. */
  readonly sentAt: Millis;
  readonly body: Uint8Array;
  /** Beside those that `sign` makes. */
  readonly headers: Readonly<Record<string, string>>;
  /** The event types it means; empty when it means nothing for the ledger, or a read-back has to find out. */
  readonly reports: readonly EventType[];
}

/** What happened but the gateway never reports. */
export interface Unreported {
  readonly moment: Moment;
  readonly type: EventType;
}

export const defaultStart = Date.UTC(2026, 0, 5);
const defaultAmount: Money = { minor: 1980, currency: "JPY" };
/** Between two reports of one moment: gateways that repeat themselves do it within seconds or minutes. */
const repetitionMs = 60_000;
const dayMs = 86_400_000;

/** @throws Failure when there is no such story, or the simulator cannot write for that gateway. */
export const story = (gateway: string, order: StoryOrder = {}): readonly SimulatedCallback[] => {
  const writer = writerFor(gateway);
  return planned(writer, order)
    .flatMap(({ moment, sentAt, times }) => {
      const written =
        writer.scenes[moment.kind]?.(order.mode === undefined ? moment : { ...moment, mode: order.mode }, order.options ?? {}) ?? [];
      return Array.from({ length: times }, (_, repeated) =>
        written.map((one) => ({ headers: {}, ...one, moment, sentAt: sentAt + repeated * repetitionMs })),
      ).flat();
    })
    .sort((one, other) => one.sentAt - other.sentAt);
};

/** @throws Failure, as `story` does. */
export const unreported = (gateway: string, order: StoryOrder = {}): readonly Unreported[] => {
  const callbacks = story(gateway, order);
  return planned(writerFor(gateway), order).flatMap(({ moment }) =>
    momentEvents[moment.kind]
      .filter((either) => !callbacks.some((callback) => reports(callback, moment, either)))
      .map(([type]): Unreported => ({ moment, type })),
  );
};

/** A contract's start may be reported by its first payment, which is a separate moment. */
const reports = (callback: SimulatedCallback, moment: Moment, either: readonly EventType[]): boolean => {
  const isMoment = callback.moment.id === moment.id;
  const isNear = callback.moment.contract === moment.contract && Math.abs(callback.moment.at - moment.at) < dayMs;
  return callback.reports.some((type) => either.includes(type) && (isMoment || (isNear && type.startsWith("contract."))));
};

const writerFor = (gateway: string): Writer => {
  const writer = findWriter(gateway);
  if (!writer) throw new Failure(`The simulator cannot write for ${gateway}: there is no gateways/${gateway}/writer.ts.`);
  return writer;
};

const planned = (writer: Writer, order: StoryOrder): readonly PlannedMoment[] => {
  const { story: asked = "life", seed = 1, start = defaultStart, amount = defaultAmount, twin, contract } = order;
  const found = typeof asked === "string" ? findStory(asked) : asked;
  if (!found) throw new Failure(`There is no story "${asked}". There are: ${Object.keys(stories).join(", ")}.`);
  return planStory(found, writer, {
    seed: String(seed),
    start,
    amount,
    ...(twin !== undefined && { twin }),
    ...(contract !== undefined && { contract }),
  });
};

/** The callback as a request that leaves now. A gateway that signs a time signs every attempt again. */
export const signCallback = (
  gateway: Gateway,
  callback: Pick<SimulatedCallback, "body" | "headers">,
  settings: SourceSettings,
  sent: { readonly source: string; readonly url: string; readonly now: Millis },
): RawCallback => {
  const signed = gateway.sign(callback.body, settings, sent.now);
  const query = signed.method === "GET" ? `?${Buffer.from(signed.body).toString("latin1")}` : "";
  return { ...signed, source: sent.source, url: `${sent.url}${query}`, headers: { ...signed.headers, ...callback.headers } };
};

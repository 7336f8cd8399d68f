/**
 * `holdfast.config.ts`: one typed file from which everything else follows. Checked at synth, at start and by `holdfast doctor`;
 * every problem names the path, the value and the remedy.
 */
import type { EventType } from "../event.ts";
import type { Duration, GraceConfig } from "../findings/graces.ts";
import type { Zone } from "../formats/zone.ts";
import type { Mode } from "../mode.ts";
import type { CapacityConfig } from "./capacity.ts";
import type { ExportsConfig } from "./exports.ts";
import type { TargetConfig } from "./target.ts";

export type { CapacityConfig, ReservedConfig, TableCapacityConfig } from "./capacity.ts";
export type { ExportsConfig } from "./exports.ts";
export type { AwsTarget, EventBridgeTarget, HttpTarget, LambdaTarget, SqsTarget, TargetConfig } from "./target.ts";

export interface Config {
  /** Prefix of every resource, and the stack's name. Lower-case letters, digits and hyphens. Never changes once deployed. */
  readonly name: string;
  /**
   * The one time zone of this deployment, by its IANA name: in which look-back limits begin at midnight, and in which a date that is typed without
   * an offset is read. What uses it names it. @default "UTC"
   */
  readonly zone?: Zone;
  /** One entry per endpoint of a gateway. The key is the last part of the URL: `/callbacks/stripe-jp`. */
  readonly sources: Readonly<Record<string, SourceConfig>>;
  /**
   * A file that exports custom `gateways`, relative to the folder you run commands in: `./gateways.ts`. The functions are
   * then bundled again at synth, with them inside. docs/add-a-gateway.md
   */
  readonly gateways?: string;
  /** Where deliveries go. */
  readonly targets: Readonly<Record<string, TargetConfig>>;
  /** Where alarms go. */
  readonly alarms?: { readonly email?: string };
  readonly retry?: Partial<RetryConfig>;
  /** Requests per second that the front accepts, and the burst above it. @default 2,000 and 4,000, a fifth of an account's own limit */
  readonly throttle?: ThrottleConfig;
  /** How much room there is for load beyond the ordinary. docs/operate.md, "More room", says what to raise for which load. */
  readonly capacity?: CapacityConfig;
  /** Seconds a record may be unsettled before the sweep picks it up. @default 60 */
  readonly graceSeconds?: number;
  /** When a disagreement between a gateway and the application is a finding. docs/operate.md, "Findings" */
  readonly findings?: FindingsConfig;
  /** What is owed to customers. docs/operate.md, "holdfast refunds list" */
  readonly refunds?: RefundsConfig;
  /**
   * Days a record is kept; one that waits, is dead or is in an undecided conflict is kept until it is settled, and the ledger forever. Where this is
   * changed, what is recorded already keeps its time, but for bodies over 300 kB: they are in the bucket, and its rule is for all of them. Where this is
   * lowered, those older than the new value and a week are deleted within a day or two, also the bodies of records that wait or are dead: these can then
   * be neither delivered nor replayed. Settle them before. What comes under the id of a record that is gone is a redelivery, whatever it says: there is
   * nothing left to compare it with, so it is kept and goes no further. Where a gateway uses ids again, keep records for longer than that takes.
   * @default 400, so that a yearly renewal can still be looked up
   */
  readonly retentionDays?: number;
  /** Largest body accepted, in bytes; more gets 413. @default 4,000,000: what fits through Lambda as base64 */
  readonly maxBodyBytes?: number;
}

export interface RefundsConfig {
  /**
   * How many years the records of charges reach back at least, at midnight in `zone`: before that, what an account paid is estimated from its first
   * purchase. Whole years, 1 to 10. @default 2, which is what a gateway's own history commonly shows
   */
  readonly lookBackYears?: number;
}

export interface FindingsConfig {
  /**
   * How long the two sides may disagree: minutes, hours or days (`90m`, `24h`, `14d`). `grant`: charged, and not granted, or granted and not
   * charged. `end`: entitled after the gateway's end and the paid period. `dunning`: charging fails. `confirm`: the gateway has not ended what
   * was cancelled. `closure`: nor the contracts of a closed account. `sibling`: one of two linked contracts goes on. `void`: a card check is not
   * undone. `refund`: what was asked for has not come back. `renewal`: nothing was said of one that was due.
   * @default grant, 24h; end, confirm and closure, 48h; void, 72h; renewal, 5d; refund, 7d; dunning and sibling, 14d
   */
  readonly graces?: Partial<GraceConfig>;
  /** How long a finding may be open without an operator taking it, until the alarm `findings-open-too-long` goes off. @default 3d, a weekend */
  readonly openTooLong?: Duration;
  /**
   * From how much on the alarm `money-at-stake` goes off, in minor units by currency: `{ JPY: 100_000, USD: 50_000 }`. What is at stake in findings
   * that no operator has taken counts, each currency by itself.
   * @default 100,000 minor units of every currency that is not listed: 1,000 USD or EUR, 100,000 JPY. List those of which that is little or much: it is
   *   100,000 VND, and 100 KWD.
   */
  readonly moneyAtStake?: Readonly<Record<string, number>>;
  /** The hour of UTC, 0 to 23, from which on the day's digest is sent to the alarm topic, if any finding is open. @default 0: 9 o'clock in Tokyo */
  readonly digestHour?: number;
}

export interface SourceConfig {
  /**
   * `http`: its gateway posts callbacks to its URL. `eventbridge`: its gateway is a partner of EventBridge, and sends events to `bus`; AWS has
   * verified the sender, so that there is neither a URL nor a secret. docs/targets.md
   * @default "http"
   */
  readonly kind?: "http" | "eventbridge";
  /** For `eventbridge`: the partner's bus, in this account and Region: `aws.partner/stripe.com/ed_...`. */
  readonly bus?: string;
  /** A registered gateway's name: `stripe`, `gmo-pg` ... */
  readonly gateway: string;
  /** A key of `targets`. Left out for the gateway `app`, and only there: what the application says of itself is not delivered to it. */
  readonly target?: string;
  /**
   * Name of a secret in Secrets Manager that exists already, holding `{"secrets": ["...", "..."]}`; it is only read.
   * @default `<name>/<source>`, which the stack creates empty, for you to fill
   */
  readonly secretName?: string;
  /**
   * The callback URL as it is registered at the gateway, for gateways that sign it. If one character differs, every callback is
   * unverified: behind a proxy or a custom domain the URL that arrives here differs.
   * @default the URL that was called; required for Square
   */
  readonly publicUrl?: string;
  /**
   * Where callbacks may come from: addresses or CIDR blocks. A callback from elsewhere is unverified, whatever its signature says.
   * An empty list counts as none.
   * @default anywhere; for gateways that sign nothing, the addresses they publish
   */
  readonly addresses?: readonly string[];
  /**
   * Seconds between a signature's timestamp and the callback's arrival. Too few and a gateway's slow delivery is unverified; more
   * costs little, since a replayed request is a duplicate.
   * @default the gateway's own, usually 300; those that sign no timestamp ignore it
   */
  readonly toleranceSeconds?: number;
  /**
   * What only this gateway needs: a shop's id, a webhook's id, a public key, its API for reading back. docs/gateways.md lists the
   * names; what is missing is reported at synth. Not for secrets: it is deployed as plain text.
   */
  readonly options?: Readonly<Record<string, string>>;
  /**
   * What it is for: real payments, or a gateway's test mode. Where a gateway's callbacks say which they are (docs/gateways.md), one of the other
   * kind is acknowledged and kept, and ends as `ignored`: it is neither in the ledger nor delivered.
   * @default "live"
   */
  readonly mode?: Mode;
  /** The answer to a callback that cannot be verified: `refuse` rejects it, `accept` acknowledges it. @default the gateway's own */
  readonly unproven?: "refuse" | "accept";
  /**
   * How many callbacks come at least, so that a gateway that has stopped sending is noticed (the condition `source-silent`). Choose what
   * a quiet hour of an ordinary day never falls below. @default none: silence is not noticed
   */
  readonly expect?: ExpectConfig;
  /** How its gateway's exports are read, and when one is missed. Each setting of a reading has its flag at `holdfast reconcile`. docs/exports.md */
  readonly exports?: ExportsConfig;
  /** Events the target does not want. A record that carries nothing else ends as `ignored`; the ledger still learns of it. */
  readonly ignore?: readonly EventType[];
}

export interface ExpectConfig {
  readonly atLeast: number;
  /** Within this time; at most a day. */
  readonly everyMinutes: number;
  /** The hours of the day in which that holds, in UTC: `00-13`, or over midnight `22-06`. @default always */
  readonly hours?: string;
}

/** A source's settings without its secrets, as a gateway gets them. */
export type PublicSettings = Pick<SourceConfig, "publicUrl" | "addresses" | "toleranceSeconds" | "options" | "mode">;

export interface RetryConfig {
  /** Attempts until a record becomes a dead letter. */
  readonly attempts: number;
  /** The first wait is a random time up to this, and doubles. */
  readonly baseSeconds: number;
  /** No wait is longer. */
  readonly capSeconds: number;
}

export interface ThrottleConfig {
  readonly ratePerSecond: number;
  readonly burst: number;
}

/** Types the file; changes nothing. */
export const defineConfig = <const C extends Config>(config: C): C => config;

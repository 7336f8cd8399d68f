/** What a record is sent as: the gateway's own callback, its signature made again where the target asks for that, or our messages. */

import type { Millis } from "../../core/callback.ts";
import type { ResolvedConfig, ResolvedHttpTarget } from "../../core/config/defaults.ts";
import { publicSettings, sourceSecretName, targetSecretName } from "../../core/config/of-config.ts";
import { agingWith, type ResignableAging } from "../../core/delivery/aging.ts";
import { type Outgoing, passThrough, signedMessage } from "../../core/delivery/delivery.ts";
import type { PaymentEvent } from "../../core/event.ts";
import type { SecretUnreadable } from "../../core/lifecycle/cause.ts";
import type { Delivery } from "../../core/lifecycle/retry.ts";
import type { CallbackRecord } from "../../core/record.ts";
import type { SecretReader } from "../secrets.ts";
import { type DeliveredGateway, headersOf, isRejection } from "./delivered-gateway.ts";

export interface DeliveryOrder {
  readonly record: CallbackRecord;
  /** Those the target does not ignore. */
  readonly events: readonly PaymentEvent[];
  readonly target: string;
  readonly attempt: number;
  /** For a replay of what was delivered: what the application answered then. */
  readonly acceptedBefore?: string | undefined;
  /** Ends it early: what has no answer by then is an attempt without an answer. */
  readonly signal?: AbortSignal;
  /** Asked after each message that was accepted while others are to follow. False: they are left for later. @default yes */
  readonly mayGoOn?: (accepted: PaymentEvent) => Promise<boolean>;
}

export interface MessageDependencies {
  readonly config: ResolvedConfig;
  readonly findGateway: (name: string) => DeliveredGateway | undefined;
  readonly secrets: Pick<SecretReader, "read" | "renew">;
  readonly clock: () => Millis;
}

export interface Message {
  /** What it says; absent for a whole record. */
  readonly event?: PaymentEvent;
  /** Made, and signed, when it is sent, with the keys that are known then. */
  make(attempt: number): Outgoing;
}

export interface Messages {
  readonly kind: "messages";
  readonly messages: readonly Message[];
  /** Where we sign: whether the keys have been changed since they were read. Those made from then on are signed with the new ones. */
  readonly hasNewKeys?: () => Promise<boolean>;
  /** How old the gateway's signature in them is now, where it is one that ages. */
  readonly signature?: () => Signature | undefined;
  /** Whether an answer with a good status says "again" nevertheless, in the gateway's own word. */
  readonly isRejection?: (answer: string) => boolean;
}

type Signature = NonNullable<Extract<Delivery, { readonly kind: "answered" }>["signature"]>;

export const createMessages = ({ config, findGateway, secrets, clock }: MessageDependencies) => {
  const keysIn = async (secret: string): Promise<{ readonly kind: "keys"; readonly keys: readonly string[] } | SecretUnreadable> => {
    const read = await secrets.read(secret);
    if (read.kind === "unreadable") return { kind: "secret unreadable", secret, detail: read.reason };
    return read.secrets.some((key) => key.trim() !== "")
      ? { kind: "keys", keys: read.secrets }
      : { kind: "secret unreadable", secret, detail: `the secret ${secret} holds no key to sign with` };
  };

  /** The keys of one delivery. */
  const keyring = async (secret: string) => {
    const found = await keysIn(secret);
    if (found.kind === "secret unreadable") return found;
    let { keys } = found;
    const hasNewKeys = async (): Promise<boolean> => {
      // A copy may be minutes old. Another delivery may have renewed it by now.
      await secrets.renew(secret);
      const now = await keysIn(secret);
      if (now.kind === "secret unreadable" || now.keys.join("\n") === keys.join("\n")) return false;
      keys = now.keys;
      return true;
    };
    return { kind: "keyring", keys: () => keys, hasNewKeys } as const;
  };

  const passedThrough = async (record: CallbackRecord, to: ResolvedHttpTarget): Promise<Messages | SecretUnreadable> => {
    const { source } = record.raw;
    const settings = publicSettings(config, source);
    const gateway = findGateway(record.gateway);
    const aging = agingWith(gateway?.aging, settings);
    const sent = { target: to.url, carries: headersOf(gateway, settings) };
    const reads = { isRejection: (answer: string) => isRejection(gateway, record, settings, answer) };
    if (!aging || !to.resign)
      return {
        kind: "messages",
        messages: [{ make: (attempt) => passThrough(record, { ...sent, attempt }) }],
        ...reads,
        ...(aging && { signature: () => ageOf(record, aging) }),
      };
    const ring = await keyring(sourceSecretName(config, source));
    if (ring.kind === "secret unreadable") return ring;
    const make = (attempt: number) =>
      passThrough(record, { ...sent, attempt, resigned: aging.resign(record.raw, { ...settings, secrets: ring.keys() }, clock()) });
    return { kind: "messages", messages: [{ make }], hasNewKeys: ring.hasNewKeys, ...reads };
  };

  const ageOf = ({ raw }: CallbackRecord, aging: ResignableAging): Signature | undefined => {
    const signedAt = aging.signedAt(raw, publicSettings(config, raw.source));
    return signedAt === undefined
      ? undefined
      : { ageSeconds: Math.ceil((clock() - signedAt) / 1000), toleranceSeconds: aging.toleranceSeconds };
  };

  return async ({ record, events, target }: DeliveryOrder, to: ResolvedHttpTarget): Promise<Messages | SecretUnreadable> => {
    if (to.mode === "pass-through") return passedThrough(record, to);
    const ring = await keyring(targetSecretName(config, target));
    if (ring.kind === "secret unreadable") return ring;
    const messages = events.map((event) => ({
      event,
      make: (attempt: number) => signedMessage(record, event, { target: to.url, keys: ring.keys(), attempt, now: clock() }),
    }));
    return { kind: "messages", messages, hasNewKeys: ring.hasNewKeys };
  };
};

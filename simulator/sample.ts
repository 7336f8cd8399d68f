/** One genuine callback for a first try by hand: a payment, as a source's gateway would send it, freshly signed. */
import type { Millis, RawCallback } from "../core/callback.ts";
import type { Config } from "../core/config/config.ts";
import { findSource, sourceSecretName } from "../core/config/of-config.ts";
import { verifyCallback } from "../core/receive/verify-callback.ts";
import { findGateway, type Gateway, type SourceSettings } from "../gateways/index.ts";
import { type MomentKind, momentEvents } from "../gateways/moment.ts";
import { findWriter } from "../gateways/registry/find-writer.ts";
import { signCallback, story } from "./callbacks.ts";
import type { Story } from "./stories.ts";

type Sample =
  | { readonly kind: "ready"; readonly raw: RawCallback; readonly validSeconds: number | undefined }
  /** There is none, or its own gateway does not accept it with these settings. */
  | { readonly kind: "none"; readonly reason: string };

interface SampleOrder {
  readonly config: Config;
  /** By name. */
  readonly secrets: Readonly<Record<string, { readonly secrets: readonly string[] }>>;
  readonly source: string;
  /** Where the front answers, without `/callbacks/...`. */
  readonly url: string;
  readonly now: Millis;
}

/** A payment where the gateway reports any, else the first thing it does report. */
const kinds = [...new Set<MomentKind>(["paid", "renewed", ...(Object.keys(momentEvents) as MomentKind[])])];
const firstCallbacks: Story = { about: "everything at once", steps: kinds.map((kind) => ({ day: 0, kind, payment: kind })) };
const dayMs = 86_400_000;

/** A callback of the day before `now`. Two made in the same millisecond are the same callback. Never throws. */
export const sampleCallback = ({ config, secrets, source, url, now }: SampleOrder): Sample => {
  const found = findSource(config, source);
  const gateway = found && findGateway(found.gateway);
  if (!found || !gateway) return { kind: "none", reason: `${source} is not a configured source` };
  if (found.kind === "eventbridge") return { kind: "none", reason: `its events come from the bus ${found.bus}, and nobody can post any` };
  const order = {
    story: firstCallbacks,
    seed: now,
    start: now - dayMs,
    options: found.options ?? {},
    ...(found.mode && { mode: found.mode }),
  };
  const callbacks = findWriter(gateway.name) ? story(gateway.name, order) : [];
  const sample = callbacks.find(({ reports }) => reports.includes("charge.succeeded")) ?? callbacks[0];
  if (!sample) return { kind: "none", reason: `there is no sample for ${gateway.name}; have the gateway send a test event` };
  const called = `${url}/callbacks/${source}`;
  const settings: SourceSettings = {
    ...found,
    secrets: secrets[sourceSecretName(config, source)]?.secrets ?? [],
    // The function assumes that every front is https, so that is the URL a gateway would sign.
    publicUrl: found.publicUrl ?? called.replace(/^http:/, "https:"),
  };
  const raw = signCallback(gateway, sample, settings, { source, url: called, now });
  const verification = verifyCallback(gateway, raw, settings);
  if (verification.kind === "refused")
    return { kind: "none", reason: `a sample for ${gateway.name} cannot be signed with the local secret: ${verification.reason}` };
  return { kind: "ready", raw, validSeconds: validSeconds(gateway, raw, settings) };
};

const daySeconds = 24 * 60 * 60;

/** For how long the gateway's verification accepts it; undefined when its proof does not age. */
const validSeconds = (gateway: Gateway, raw: RawCallback, settings: SourceSettings): number | undefined => {
  const isValidAfter = (seconds: number) =>
    verifyCallback(gateway, { ...raw, receivedAt: raw.receivedAt + seconds * 1000 }, settings).kind === "verified";
  if (isValidAfter(daySeconds)) return undefined;
  let [valid, invalid] = [0, daySeconds];
  while (invalid - valid > 1) {
    const middle = Math.floor((valid + invalid) / 2);
    if (isValidAfter(middle)) valid = middle;
    else invalid = middle;
  }
  return valid;
};

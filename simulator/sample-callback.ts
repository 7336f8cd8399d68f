/** A genuine callback for a source of the local stack, freshly signed with its local secret, and as a command to type. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { RawCallback } from "../core/callback.ts";
import { type Config, findSource, sourceSecretName } from "../core/config/config.ts";
import { shellWord } from "../core/formats/shell-word.ts";
import { prove } from "../core/prove.ts";
import { findWriter } from "../gateways/find-writer.ts";
import { findGateway, type Gateway, type SourceSettings } from "../gateways/index.ts";
import { loopback } from "../local/engines/ports.ts";
import type { SecretFile } from "../operator/connect/local-secrets.ts";
import { toldBySimulator } from "./sample.ts";
import type { Sample } from "./sample-shape.ts";
import { samples } from "./samples.ts";

export type SampleCallback =
  | { readonly kind: "ready"; readonly raw: RawCallback; readonly validSeconds: number | undefined }
  /** No sample, or one that its own gateway does not accept with these settings. */
  | { readonly kind: "none"; readonly reason: string };

export interface SampleOrder {
  readonly config: Config;
  readonly secrets: SecretFile;
  readonly source: string;
  /** Of the local stack. */
  readonly url: string;
  readonly now: number;
}

/** Two made in the same millisecond are the same callback. Never throws. */
export const sampleCallback = ({ config, secrets, source, url, now }: SampleOrder): SampleCallback => {
  const found = findSource(config, source);
  const gateway = found && findGateway(found.gateway);
  if (!found || !gateway) return { kind: "none", reason: `${source} is not a configured source` };
  const sample = samples[gateway.name] ?? ownSample(gateway.name);
  if (!sample) return { kind: "none", reason: `there is no sample for ${gateway.name}; let the gateway send a test of its own` };
  const called = `${url}/callbacks/${source}`;
  const settings: SourceSettings = {
    ...found,
    secrets: secrets[sourceSecretName(config, source)]?.secrets ?? [],
    // The function takes every front for https, so that is the URL a gateway would sign.
    publicUrl: found.publicUrl ?? called.replace(/^http:/, "https:"),
  };
  const body = sample({ id: `local${now.toString(36)}`, now, options: found.options ?? {} });
  const signed = gateway.sign(body, settings, now);
  const raw: RawCallback = { ...signed, source, url: settings.publicUrl ?? called, sourceIp: loopback };
  const verification = prove(gateway, raw, settings);
  if (verification.kind === "refused")
    return { kind: "none", reason: `a sample for ${gateway.name} cannot be signed with the local secret: ${verification.reason}` };
  return { kind: "ready", raw, validSeconds: validSeconds(gateway, raw, settings) };
};

/** Of a project's own gateway: what its writer has to say about a payment, if anything. */
const ownSample = (gateway: string): Sample | undefined => {
  const pays = findWriter(gateway)?.scenes.paid;
  return pays && toldBySimulator(gateway);
};

const daySeconds = 24 * 60 * 60;

/** For how long the gateway's verification accepts it; undefined when its proof does not age. */
const validSeconds = (gateway: Gateway, raw: RawCallback, settings: SourceSettings): number | undefined => {
  const isValidAfter = (seconds: number) =>
    prove(gateway, { ...raw, receivedAt: raw.receivedAt + seconds * 1000 }, settings).kind === "verified";
  if (isValidAfter(daySeconds)) return undefined;
  let [valid, invalid] = [0, daySeconds];
  while (invalid - valid > 1) {
    const middle = Math.floor((valid + invalid) / 2);
    if (isValidAfter(middle)) valid = middle;
    else invalid = middle;
  }
  return valid;
};

/**
 * The callback as a curl command. A body that a shell cannot carry (bytes outside UTF-8, control characters) goes into a file.
 * @param separator between the parts: a space, or a line continuation for people.
 */
export const asCurl = (
  raw: RawCallback,
  { home, url, separator = " " }: { readonly home: string; readonly url: string; readonly separator?: string },
): string => {
  const called = `${url}/callbacks/${raw.source}`;
  const headers = Object.entries(raw.headers).map(([name, value]) => `-H ${shellWord(`${name}: ${value}`)}`);
  if (raw.method === "GET")
    return ["curl -i", ...headers, shellWord(`${called}?${Buffer.from(raw.body).toString("latin1")}`)].join(separator);
  const text = Buffer.from(raw.body).toString("utf8");
  const isPlain = Buffer.from(text, "utf8").equals(raw.body) && !/[^\P{Cc}\n\t]/u.test(text) && !text.startsWith("@");
  const data = isPlain ? shellWord(text) : shellWord(`@${bodyFile(home, raw)}`);
  return [`curl -i -X ${raw.method} ${shellWord(called)}`, ...headers, `--data-binary ${data}`].join(separator);
};

const bodyFile = (home: string, raw: RawCallback): string => {
  const directory = join(home, "samples");
  mkdirSync(directory, { recursive: true });
  const file = join(directory, `${raw.source}.body`);
  writeFileSync(file, raw.body);
  return file;
};

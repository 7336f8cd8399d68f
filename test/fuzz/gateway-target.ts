/** A gateway, from the request as it arrives to what the application would be sent. */

import type { RawCallback } from "../../core/callback.ts";
import { verified } from "../../core/callback.ts";
import { verifyCallback } from "../../core/receive/verify-callback.ts";
import { findGateway, type Gateway, type SourceSettings } from "../../gateways/index.ts";
import { signCallback, story } from "../../simulator/callbacks.ts";
import { stories } from "../../simulator/stories.ts";
import type { Case } from "./case.ts";
import { calm, frozen, must, orReason, unchanged } from "./oracle.ts";
import { checkOutward, checkReply } from "./outward.ts";
import { fuzzSettings, sender } from "./settings.ts";
import { signedParts } from "./signed-part.ts";
import type { Target } from "./target.ts";

/** 2026-11-20T12:00:00Z, when all cases arrive that do not say otherwise. */
export const now = 1_795_176_000_000;

const origin = "https://hooks.example.com";

export const gatewayTarget = (name: string): Target => {
  const gateway = findGateway(name);
  if (!gateway) throw new Error(`there is no gateway ${name}`);
  const settings = frozen(fuzzSettings(name));
  const { secrets: _, ...known } = settings;
  const genuine = genuineCallbacks(gateway, settings);
  const parts = signedParts(name, genuine);
  const signed = new Set(parts && genuine.flatMap(parts));
  const nothing = frozen<SourceSettings>({ secrets: [], addresses: ["not an address", "10.0.0.0/99"], options: {} });

  const check = (input: Case): void => {
    const raw = frozen(arrival(input, settings));
    unchanged(raw.body, () => {
      for (const under of [nothing, settings]) calm("greet", () => gateway.greet?.(raw, under));
      const unproven = calm("verify without secrets", () => verifyCallback(gateway, raw, nothing));
      must(unproven.kind === "refused" || gateway.strength === "none", "it verified without a secret");
      const outcome = calm("verify", () => verifyCallback(gateway, raw, settings));
      if (outcome.kind === "refused") must(isReason(outcome.reason, settings), `the reason says nothing, or a secret: ${outcome.reason}`);
      else {
        must(outcome.callback === raw, "another callback came out of verify than went in");
        const unknown = parts?.(raw).filter((part) => !signed.has(part)) ?? [];
        must(parts === undefined || parts(raw).length > 0, "a body verified of which nothing is signed");
        must(unknown.length === 0, `a body verified that nobody has signed: ${unknown[0]?.slice(0, 300)}`);
      }
      for (const word of ["acknowledge", "refuse"] as const)
        checkReply(
          word,
          calm(word, () => gateway[word](raw, known)),
        );
      // What is understood of a body must not depend on its proof being looked at first.
      const { callback } = verified(raw);
      orReason("identify", () => gateway.identify(callback, known));
      orReason("parse", () => gateway.parse(callback, known));
      checkOutward(gateway, callback, known);
    });
  };
  return { name, folders: [name, "any-gateway"], seeds: genuine.map(asCase), check };
};

const isReason = (reason: string, { secrets }: SourceSettings): boolean =>
  reason.trim() !== "" && !secrets.some((secret) => reason.includes(secret));

const arrival = ({ body, method, target, headers, sourceIp, receivedAt }: Case, { publicUrl }: SourceSettings): RawCallback => ({
  source: "a-source",
  method: method ?? "POST",
  url: target === undefined ? (publicUrl ?? origin) : `${origin}${target}`,
  headers: headers ?? {},
  body,
  sourceIp: sourceIp ?? sender,
  receivedAt: receivedAt ?? now,
});

/** What the gateway sends in every story the simulator knows, each kind of callback once. */
const genuineCallbacks = (gateway: Gateway, settings: SourceSettings): readonly RawCallback[] => {
  const { options = {}, publicUrl: url = origin } = settings;
  const told = Object.keys(stories).flatMap((name) => story(gateway.name, { story: name, options }));
  const kinds = new Map(told.map((callback) => [`${callback.moment.kind} ${callback.reports}`, callback]));
  return [...kinds.values()].map((callback) => signCallback(gateway, callback, settings, { source: "a-source", url, now }));
};

const asCase = ({ body, method, url, headers, sourceIp }: RawCallback): Case => ({
  body,
  headers,
  sourceIp,
  ...(method !== "POST" && { method, target: url.slice(origin.length) }),
});

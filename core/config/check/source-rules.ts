/** What a source may be: posted by a gateway, on a partner's bus, or the application's own; and what its gateway knows of its settings. */

import { eventTypes } from "../../event.ts";
import { at } from "../../formats/json.ts";
import { modes } from "../../mode.ts";
import type { Problem } from "../../problems/problem.ts";
import { fields, listOf, matching, named, number, oneOf, type Rule } from "../../problems/rule.ts";
import type { Config, SourceConfig } from "../config.ts";
import { hoursFormat } from "../expected-hours.ts";
import { targetOf } from "../of-config.ts";
import { passesThrough } from "../target.ts";
import { exportsRule } from "./exports-rule.ts";
import { address, anyText, busName, httpsUrl, secretName } from "./value-rules.ts";

type Settings = Pick<SourceConfig, "publicUrl" | "addresses" | "toleranceSeconds" | "options">;

/** What has to be known about the registered gateways, by name. */
export type KnownGateways = Readonly<Record<string, KnownGateway>>;

interface KnownGateway {
  /** Its callbacks are delivered nowhere: a source of it has no target. */
  readonly isUndelivered?: boolean;
  /** Its name as a partner of EventBridge, where its events come that way too. */
  readonly partner?: string;
  checkSettings?(settings: Settings): readonly string[];
  /** What speaks against a target with `resign` for a source with these settings. */
  resignProblems?(settings: Settings): readonly string[];
}

export const sourceRule = (config: Config, gateways: KnownGateways): Rule => {
  const gateway = oneOf(Object.keys(gateways), "gateway");
  const required = { gateway, target: oneOf(Object.keys(config?.targets ?? {}), "target") };
  const posted = fields(required, {
    kind: oneOf(["http", "eventbridge"], "kind of source"),
    ...postedFields,
    ...delivered,
    ...everySource,
  });
  const onBus = fields({ kind: anyText, bus: busName, ...required }, { ...delivered, ...everySource });
  const application = fields({ gateway }, { kind: oneOf(["http"], "kind of source"), ...postedFields, ...undelivered, ...everySource });
  return (value, path) => {
    const name = at(value, "gateway");
    const isApplication = typeof name === "string" && gateways[name]?.isUndelivered === true;
    return (isApplication ? application : at(value, "kind") === "eventbridge" ? onBus : posted)(value, path);
  };
};

const delivered = { ignore: listOf(oneOf(eventTypes, "event type")), exports: exportsRule };

const needless: Rule = (value, path) => [
  { path, value, message: "leave it out: what the application says of itself is entered into the ledger and is delivered nowhere" },
];

const undelivered = { target: needless, ignore: needless };

const postedFields = {
  secretName,
  publicUrl: httpsUrl,
  addresses: listOf(address),
  toleranceSeconds: number({
    least: 1,
    most: 86_400,
    whole: true,
    why: "seconds between a signature's timestamp and its arrival; 300 is usual",
  }),
  unproven: oneOf(["refuse", "accept"], "policy"),
};

const everySource = {
  mode: oneOf(modes, "mode"),
  options: named({ name: anyText, value: anyText }),
  expect: fields(
    {
      atLeast: number({ least: 1, most: 1_000_000, whole: true, why: "callbacks that come at least" }),
      everyMinutes: number({ least: 5, most: 1_440, whole: true, why: "minutes within which they come, up to a day" }),
    },
    { hours: matching(hoursFormat, "write two hours in UTC: 00-13, or over midnight 22-06") },
  ),
};

/** An event on a bus carries no signature, so that nobody behind a target could verify it: what is sent on has to be ours. */
export const busProblems = (config: Config, gateways: KnownGateways): readonly Problem[] => {
  const partners = Object.entries(gateways).flatMap(([name, { partner }]) => (partner === undefined ? [] : [name]));
  const onBus = Object.entries(config.sources).filter(([, { kind }]) => kind === "eventbridge");
  return onBus.flatMap(([source, { bus = "", gateway, target }], index) => {
    const problem = (field: string, value: unknown, message: string) => [{ path: `sources.${source}.${field}`, value, message }];
    const { partner } = gateways[gateway] ?? {};
    if (partner === undefined)
      return problem(
        "gateway",
        gateway,
        `its events are not known to come by EventBridge; those of these are: ${partners.join(", ") || "none"}`,
      );
    const other = onBus.slice(0, index).find(([, earlier]) => earlier.bus === bus)?.[0];
    return [
      ...(bus.startsWith(`aws.partner/${partner}/`) ? [] : problem("bus", bus, `a bus of ${gateway} begins with aws.partner/${partner}/`)),
      ...(other === undefined ? [] : problem("bus", bus, `it is the bus of ${other} already: each event is stored under one source`)),
      ...(passesThrough(targetOf(config, source))
        ? problem("target", target, "its events carry no signature to pass through: take a target with mode `signed`, or one in AWS")
        : []),
    ];
  });
};

/** What only a gateway knows about its own settings. Checked last, so that the gateway only sees plausible ones. */
export const settingsProblems = (config: Config, gateways: KnownGateways): readonly Problem[] =>
  Object.entries(config.sources).flatMap(([source, settings]) => {
    const { checkSettings, resignProblems } = gateways[settings.gateway] ?? {};
    const target = targetOf(config, source);
    const isResigned = target?.kind === "http" && target.resign === true;
    const against = isResigned ? (resignProblems?.(settings) ?? []) : [];
    return [
      ...(checkSettings?.(settings) ?? []),
      ...against.map((problem) => `the target ${settings.target} has \`resign\`, but ${problem}`),
    ].map((message) => ({ path: `sources.${source}`, value: undefined, message }));
  });

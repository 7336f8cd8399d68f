/** Whether a configuration can work: checked at synth, at start and by `holdfast doctor`, before anything is made from it. */
import { isIP } from "node:net";
import { hoursFormat } from "../conditions/expected-hours.ts";
import { eventTypes } from "../event.ts";
import { durationFormat, graceNames } from "../findings/graces.ts";
import { at } from "../formats/json.ts";
import { isZone } from "../formats/zone.ts";
import { modes } from "../mode.ts";
import { isOnThisMachine } from "../read-back.ts";
import { arnForms, readArn } from "./arn.ts";
import { capacityProblems, capacityRule } from "./capacity-rules.ts";
import type { AwsTarget, Config, SourceConfig } from "./config.ts";
import { byKind, fields, listOf, matching, named, number, oneOf, type Rule, text, yesOrNo } from "./config-rules.ts";
import { withDefaults } from "./defaults.ts";
import { describeProblems, type Problem } from "./problem.ts";
import { functionVerbs, resourceNames } from "./resource-names.ts";
import { passesThrough } from "./target.ts";

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

/** All problems of a configuration, in the order of the file; none when it can be used. Never throws. */
export const checkConfig = (config: Config, gateways: KnownGateways): readonly Problem[] => {
  const problems = configRule(config, gateways)(config, "");
  return problems.length > 0
    ? problems
    : [
        ...retryProblems(config),
        ...capacityProblems(config),
        ...resignedTwice(config),
        ...busProblems(config, gateways),
        ...settingsProblems(config, gateways),
      ];
};

/** The configuration, when it can be used. Throws one error that lists all problems. */
export const validConfig = (config: Config, gateways: KnownGateways): Config => {
  const problems = checkConfig(config, gateways);
  if (problems.length > 0) throw new Error(describeProblems(problems));
  return config;
};

/** `<name>-bodies-<account>-<region>` has to fit a bucket's 63 characters, which leaves 28. */
const name = matching(
  /^[a-z]([a-z0-9-]{0,26}[a-z0-9])?$/,
  "write 1 to 28 lower-case letters, digits and hyphens, beginning with a letter: every resource is named after it",
);
const sourceName = matching(/^[a-z0-9][a-z0-9-]{0,62}$/, "use 1 to 63 lower-case letters, digits and hyphens: it is part of the URL");
const email = matching(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, "write one e-mail address");
const secretName = matching(/^[\w/+=.@-]{1,512}$/, "use letters, digits and /_+=.@- only: Secrets Manager allows no others");
const address = text(isBlock, "write an address or a CIDR block: 203.0.113.7 or 203.0.113.0/24");
const busName = matching(
  /^aws\.partner\/[\w.-]+(\/[\w.-]+)+$/,
  "write the name of the partner's bus, as EventBridge shows it: aws.partner/stripe.com/ed_...",
);
const duration = matching(durationFormat, "write a number of minutes, hours or days: 90m, 24h, 14d");
const anyText = text(() => true, "write a text");
const httpsUrl = text(
  isDeliverable,
  "write an https:// URL without user, password or fragment; plain http:// is for this machine only (localhost)",
);

const findingsRule = fields(
  {},
  {
    graces: fields({}, Object.fromEntries(graceNames.map((name) => [name, duration]))),
    openTooLong: duration,
    moneyAtStake: named({
      name: matching(/^[A-Z]{3}$/, "write the currency's code in capitals, as in ISO 4217: JPY, USD"),
      value: number({
        least: 1,
        most: 1_000_000_000_000,
        whole: true,
        why: "minor units of that currency: 100000 is 1,000.00 USD, or 100,000 JPY",
      }),
    }),
    digestHour: number({ least: 0, most: 23, whole: true, why: "an hour of the day, in UTC" }),
  },
);

const configRule = (config: Config, gateways: KnownGateways): Rule =>
  fields(
    {
      name,
      sources: named({
        name: sourceName,
        value: sourceRule(config, gateways),
        atLeastOne: "add a source: nothing can be received without one",
      }),
      targets: named({ name: sourceName, value: targetRule(config), atLeastOne: "add a target: nothing can be delivered without one" }),
    },
    {
      zone: text(isZone, "write the name of a time zone: Asia/Tokyo, Europe/Berlin, UTC"),
      gateways: text((path) => path.trim() !== "", "write the path of a file that exports gateways: ./gateways.ts"),
      alarms: fields({}, { email }),
      retry: fields({}, retryRules),
      throttle: fields(
        {
          ratePerSecond: number({ least: 1, most: 100_000, whole: false, why: "requests a second, at most what your account allows" }),
          burst: number({ least: 1, most: 100_000, whole: true, why: "requests at once, at most what your account allows" }),
        },
        {},
      ),
      capacity: capacityRule,
      graceSeconds: number({
        least: 10,
        most: 3_600,
        whole: true,
        why: "with less the sweep would overtake the queue, with more a lost doorbell waits long",
      }),
      findings: findingsRule,
      refunds: fields(
        {},
        {
          lookBackYears: number({
            least: 1,
            most: 10,
            whole: true,
            why: "years for which every charge was recorded; before that it is estimated",
          }),
        },
      ),
      retentionDays: number({
        least: 14,
        most: 3_650,
        whole: true,
        why: "the queues keep messages for 14 days, and no message must outlive its record",
      }),
      maxBodyBytes: number({ least: 1_024, most: 4_500_000, whole: true, why: "Lambda takes 6 MB, and base64 makes four bytes of three" }),
    },
  );

const sourceRule = (config: Config, gateways: KnownGateways): Rule => {
  const gateway = oneOf(Object.keys(gateways), "gateway");
  const required = { gateway, target: oneOf(Object.keys(config?.targets ?? {}), "target") };
  const posted = fields(required, {
    kind: oneOf(["http", "eventbridge"], "kind of source"),
    ...postedFields,
    ...delivered,
    ...everySource,
  });
  const onBus = fields({ kind: anyText, bus: busName, ...required }, { ...delivered, ...everySource });
  const said = fields({ gateway }, { kind: oneOf(["http"], "kind of source"), ...postedFields, ...undelivered, ...everySource });
  return (value, path) => {
    const name = at(value, "gateway");
    const isSaid = typeof name === "string" && Object.hasOwn(gateways, name) && gateways[name]?.isUndelivered === true;
    return (isSaid ? said : at(value, "kind") === "eventbridge" ? onBus : posted)(value, path);
  };
};

const delivered = { ignore: listOf(oneOf(eventTypes, "event type")) };

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

const everyTarget = {
  order: oneOf(["strict", "relaxed"], "order"),
  timeoutSeconds: number({ least: 0.1, most: 30, whole: false, why: "seconds until a delivery counts as failed" }),
  refusalGraceSeconds: number({
    least: 0,
    most: 3_600,
    whole: true,
    why: "seconds in which a 400, 404 or 409 is tried again; what comes later in the contract waits as long",
  }),
};

const targetRule = (config: Config): Rule =>
  byKind(
    {
      http: fields(
        { kind: anyText, url: httpsUrl, mode: oneOf(["pass-through", "signed"], "mode") },
        { ...everyTarget, secretName, resign: yesOrNo, allowAddresses: listOf(address) },
      ),
      eventbridge: fields({ kind: anyText, arn: arnRule("eventbridge", config) }, everyTarget),
      lambda: fields({ kind: anyText, arn: arnRule("lambda", config) }, everyTarget),
      sqs: fields({ kind: anyText, arn: arnRule("sqs", config) }, everyTarget),
    },
    "kind of target",
  );

/** What Holdfast sends to a queue or a function of its own would come back as something else, forever. */
const arnRule = (kind: AwsTarget["kind"], config: Config): Rule => {
  const { pattern, example } = arnForms[kind];
  const isOther = text(
    (arn) => !isOwn(kind, readArn(kind, arn).name, config),
    "this is one of Holdfast's own: name one of the application's",
  );
  return (value, path) => {
    const problems = matching(pattern, `write the ARN, as AWS shows it: ${example}`)(value, path);
    return problems.length > 0 ? problems : isOther(value, path);
  };
};

const isOwn = (kind: AwsTarget["kind"], name: string, config: Config): boolean => {
  const own = resourceNames(config.name);
  if (kind === "sqs") return [own.doorbells, own.deadLetters, own.spill].includes(name);
  return kind === "lambda" && functionVerbs.some((verb) => own.function(verb) === name);
};

const retryRules = {
  attempts: number({ least: 1, most: 1_000, whole: true, why: "attempts until a record becomes a dead letter" }),
  baseSeconds: number({ least: 0.01, most: 3_600, whole: false, why: "seconds of the first wait, at most" }),
  capSeconds: number({ least: 0.01, most: 86_400, whole: false, why: "seconds that no wait exceeds" }),
};

const retryProblems = (config: Config): readonly Problem[] => {
  const { baseSeconds, capSeconds } = withDefaults(config).retry;
  if (baseSeconds <= capSeconds) return [];
  return [
    {
      path: "retry",
      value: config.retry,
      message: `baseSeconds (${baseSeconds}) is above capSeconds (${capSeconds}): raise the cap or lower the base`,
    },
  ];
};

const resignedTwice = ({ targets }: Config): readonly Problem[] =>
  Object.entries(targets).flatMap(([name, target]) =>
    target.kind === "http" && target.mode === "signed" && target.resign
      ? [
          {
            path: `targets.${name}.resign`,
            value: target.resign,
            message: "leave it out: signed messages are signed when they are sent anyway",
          },
        ]
      : [],
  );

/** An event on a bus carries no signature, so that nobody behind a target could verify it: what is sent on has to be ours. */
const busProblems = (config: Config, gateways: KnownGateways): readonly Problem[] => {
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
      ...(passesThrough(config.targets[target ?? ""])
        ? problem("target", target, "its events carry no signature to pass through: take a target with mode `signed`, or one in AWS")
        : []),
    ];
  });
};

/** What only a gateway knows about its own settings. Checked last, so that the gateway only sees plausible ones. */
const settingsProblems = (config: Config, gateways: KnownGateways): readonly Problem[] =>
  Object.entries(config.sources).flatMap(([source, settings]) => {
    const { checkSettings, resignProblems } = gateways[settings.gateway] ?? {};
    const target = config.targets[settings.target ?? ""];
    const isResigned = target?.kind === "http" && target.resign === true;
    const against = isResigned ? (resignProblems?.(settings) ?? []) : [];
    return [
      ...(checkSettings?.(settings) ?? []),
      ...against.map((problem) => `the target ${settings.target} has \`resign\`, but ${problem}`),
    ].map((message) => ({ path: `sources.${source}`, value: undefined, message }));
  });

function isDeliverable(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  if (url.username !== "" || url.password !== "" || url.hash !== "") return false;
  return url.protocol === "https:" || (url.protocol === "http:" && isOnThisMachine(url));
}

function isBlock(value: string): boolean {
  const [network = "", prefix, ...more] = value.split("/");
  const bits = isIP(network) === 6 ? 128 : 32;
  return (
    isIP(network) !== 0 &&
    !network.includes("%") &&
    more.length === 0 &&
    (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits))
  );
}

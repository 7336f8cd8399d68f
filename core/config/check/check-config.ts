/** Whether a configuration can work: checked at synth, at start and by `holdfast doctor`, before anything is made from it. */
import { graceNames } from "../../findings/graces.ts";
import { isZone } from "../../formats/zone.ts";
import { describeProblems, type Problem } from "../../problems/problem.ts";
import { fields, matching, named, number, type Rule, text } from "../../problems/rule.ts";
import type { Config } from "../config.ts";
import { withDefaults } from "../defaults.ts";
import { capacityProblems, capacityRule } from "./capacity-rules.ts";
import { deliverProblems, kindProblems } from "./exports-rule.ts";
import { busProblems, type KnownGateways, settingsProblems, sourceRule } from "./source-rules.ts";
import { resignedTwice, targetRule } from "./target-rules.ts";
import { duration, email, name, sourceName } from "./value-rules.ts";

/** All problems of a configuration, in the order of the file; none when it can be used. Never throws. @param exportKinds names of the built-in ones */
export const checkConfig = (config: Config, gateways: KnownGateways, exportKinds: readonly string[] = []): readonly Problem[] => {
  const problems = configRule(config, gateways)(config, "");
  return problems.length > 0
    ? problems
    : [
        ...retryProblems(config),
        ...capacityProblems(config),
        ...resignedTwice(config),
        ...busProblems(config, gateways),
        ...settingsProblems(config, gateways),
        ...kindProblems(config, exportKinds),
        ...deliverProblems(config),
      ];
};

/** The configuration, when it can be used. Throws one error that lists all problems. */
export const validConfig = (config: Config, gateways: KnownGateways, exportKinds: readonly string[] = []): Config => {
  const problems = checkConfig(config, gateways, exportKinds);
  if (problems.length > 0) throw new Error(describeProblems(problems));
  return config;
};

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

/** Of each condition its alarm and what it says to type, written down: no number and no name in them changes by accident. */
import { expect, test } from "vitest";
import { type MetricRule, type MetricSource, periodsOf } from "../../../core/conditions/alarm-rule.ts";
import { alarmText } from "../../../core/conditions/alarm-text.ts";
import type { Condition } from "../../../core/conditions/condition.ts";
import { type ConditionName, conditions } from "../../../core/conditions/conditions.ts";
import { dimensionOf, isBySource, isGauge, type MetricName } from "../../../core/conditions/metric-names.ts";
import { accessMetrics, metricTexts } from "../../../core/conditions/metric-text.ts";
import { withDefaults } from "../../../core/config/defaults.ts";

const config = withDefaults({
  name: "shop",
  graceSeconds: 90,
  targets: { app: { kind: "http", url: "https://app.example.com", mode: "signed" } },
  sources: { stripe: { gateway: "stripe", target: "app" } },
});
const settings = { gateway: "stripe", target: "app", expect: { atLeast: 2, everyMinutes: 60, hours: "22-06" } };
const place = { name: "shop", about: "ABOUT", holdfast: (...words: readonly string[]) => ["npx", "holdfast", ...words].join(" ") };

const metricText = ({ statistic, of, ...more }: MetricSource): string =>
  [statistic, of, ...Object.values(more).map((value) => (typeof value === "object" ? JSON.stringify(value) : value))].join(" ");

const ruleText = (rule: MetricRule | undefined): string => {
  if (!rule) return "none";
  const { periods, of, periodMinutes } = periodsOf(rule);
  return [
    ...Object.entries(rule.metrics).map(([id, metric]) => `${id}: ${metricText(metric)}`),
    `${rule.expression ?? Object.keys(rule.metrics)} ${rule.below ? "<" : ">="} ${rule.threshold}`,
    `${periods} of ${of} times ${periodMinutes} min`,
    `silence ${rule.silence}`,
  ].join("; ");
};

const alarmOf = ({ alarm }: Condition): string => {
  if (alarm.kind === "any of") return alarm.conditions.join(" or ");
  return ruleText(alarm.kind === "one" ? alarm.rule(config) : alarm.rule("stripe", settings));
};

const said = (name: ConditionName): readonly string[] => {
  const condition: Condition = conditions[name];
  return [condition.severity, alarmOf(condition), ...condition.next(place)];
};

/** How grave, when, and what to type. */
const writtenDown: Readonly<Record<ConditionName, readonly string[]>> = {
  "cannot-acknowledge": [
    "page",
    "front-failing or front-throttled or receive-failing or receive-throttled or callback-not-stored",
    "aws logs tail /aws/lambda/shop-receive --since 15m",
    "npx holdfast status",
  ],
  "front-failing": [
    "ticket",
    "answered: Sum front 5xx; meant: Sum holdfast FrontRefused; answered - FILL(meant, 0) >= 1; 2 of 3 times 1 min; silence is well",
    "aws logs tail /aws/lambda/shop-receive --since 15m",
  ],
  "front-throttled": [
    "ticket",
    "throttled: Sum holdfast FrontThrottled; throttled >= 1; 1 of 1 times 1 min; silence is well",
    "aws logs tail /aws/vendedlogs/shop-callbacks --since 15m",
    "npx holdfast status",
  ],
  "receive-failing": [
    "ticket",
    "errors: Sum function receive Errors; errors >= 1; 1 of 1 times 1 min; silence is well",
    "aws logs tail /aws/lambda/shop-receive --since 15m",
  ],
  "receive-throttled": [
    "ticket",
    "throttles: Sum function receive Throttles; throttles >= 1; 1 of 1 times 1 min; silence is well",
    "aws lambda get-account-settings",
    "aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 2000",
  ],
  "callback-not-stored": [
    "ticket",
    "lost: Sum holdfast NotStored; lost >= 1; 1 of 1 times 1 min; silence is well",
    "aws logs tail /aws/lambda/shop-receive --since 15m",
  ],
  "spill-in-use": [
    "ticket",
    "queue: Sum holdfast SpilledToQueue; bucket: Sum holdfast SpilledToBucket; FILL(queue, 0) + FILL(bucket, 0) >= 1; 2 of 5 times 1 min; silence is well",
    "aws logs tail /aws/lambda/shop-receive --since 15m",
    "npx holdfast status",
  ],
  "spill-not-recovered": [
    "page",
    "waiting: Maximum holdfast SpilledWaiting; waiting >= 1; 15 of 15 times 1 min; silence is an alarm",
    "aws logs tail /aws/lambda/shop-recover --since 15m",
    "aws logs tail /aws/lambda/shop-sweep --since 15m",
  ],
  "recover-failing": [
    "ticket",
    "errors: Sum function recover Errors; errors >= 1; 3 of 5 times 1 min; silence is well",
    "aws logs tail /aws/lambda/shop-recover --since 15m",
  ],
  "relay-gave-up": [
    "ticket",
    "given: Sum stream mapping OnFailureDestinationDeliveredEventCount; given >= 1; 1 of 1 times 5 min; silence is well",
    "aws logs tail /aws/lambda/shop-relay --since 15m",
    "aws lambda list-event-source-mappings --function-name shop-relay",
  ],
  throttled: [
    "ticket",
    "records: Sum table records WriteThrottleEvents; timeline: Sum table records WriteThrottleEvents true; ledger: Sum table ledger WriteThrottleEvents; open: Sum table ledger WriteThrottleEvents true; FILL(records, 0) + FILL(timeline, 0) + FILL(ledger, 0) + FILL(open, 0) >= 1; 3 of 5 times 1 min; silence is well",
    "aws dynamodb describe-table --table-name shop-records",
    "aws dynamodb describe-table --table-name shop-ledger",
  ],
  "secret-unreadable": [
    "ticket",
    "stored: Sum holdfast StoredUnverified; waiting: Maximum holdfast UnverifiedRecords; FILL(stored, 0) + FILL(waiting, 0) >= 1; 1 of 3 times 1 min; silence keeps the state",
    "npx holdfast doctor",
    "npx holdfast list --state stored",
  ],
  "callbacks-unproven": [
    "ticket",
    "unverified: Sum holdfast Unproven; unverified >= 1; 1 of 1 times 15 min; silence is well",
    "npx holdfast quarantine list",
    "aws logs tail /aws/lambda/shop-receive --since 15m",
  ],
  "source-unverified": [
    "page",
    "unproven: Sum holdfast Unproven stripe; relayed: Sum holdfast Relayed stripe; duplicates: Sum holdfast Duplicates stripe; IF(FILL(unproven, 0) >= 10, 100 * unproven / (unproven + FILL(relayed, 0) + FILL(duplicates, 0)), 0) >= 20; 1 of 1 times 15 min; silence is well",
    "npx holdfast quarantine list --source ABOUT",
    "npx holdfast doctor",
  ],
  "quarantine-undecided": [
    "ticket",
    "undecided: Maximum holdfast UndecidedInQuarantine; undecided >= 1; 15 of 15 times 1 min; silence keeps the state",
    "npx holdfast quarantine list --source ABOUT",
    "npx holdfast doctor",
  ],
  "quarantine-full": [
    "ticket",
    "lost: Sum holdfast NotQuarantined; kept: Sum holdfast Quarantined; IF(FILL(lost, 0) >= 1 OR FILL(kept, 0) > 50, 1, 0) >= 1; 1 of 1 times 60 min; silence is well",
    "npx holdfast quarantine list",
    "aws logs tail /aws/lambda/shop-receive --since 15m",
  ],
  "conflicts-open": [
    "ticket",
    "open: Maximum holdfast OpenConflicts; open >= 1; 1 of 1 times 1 min; silence keeps the state",
    "npx holdfast conflicts",
  ],
  "ack-slow": [
    "ticket",
    "slowest: p99 front Latency; requests: Sum front Count; IF(requests >= 20, slowest, 0) >= 2000; 3 of 5 times 1 min; silence is well",
    "aws logs tail /aws/lambda/shop-receive --since 15m",
  ],
  "wrong-url": [
    "ticket",
    "nosource: Sum holdfast NoSuchSource; notallowed: Sum holdfast NotAllowed; toolarge: Sum holdfast TooLarge; FILL(nosource, 0) + FILL(notallowed, 0) + FILL(toolarge, 0) >= 5; 1 of 1 times 15 min; silence is well",
    "aws logs tail /aws/vendedlogs/shop-callbacks --since 15m",
    "npx holdfast doctor",
  ],
  "events-not-stored": ["page", "none", "aws logs tail /aws/lambda/shop-listen --since 15m", "npx holdfast doctor"],
  "real-left-out": [
    "page",
    "left: Sum holdfast RealLeftOut; left >= 1; 1 of 1 times 15 min; silence is well",
    "npx holdfast list --state ignored --reason real",
    "npx holdfast doctor",
  ],
  "source-silent": [
    "page",
    "relayed: Sum holdfast Relayed stripe; duplicates: Sum holdfast Duplicates stripe; IF(HOUR(relayed) >= 22 OR HOUR(relayed) < 6, FILL(relayed, 0) + FILL(duplicates, 0), 2) < 2; 1 of 1 times 60 min; silence is an alarm",
    "npx holdfast list --source ABOUT --limit 5",
    "npx holdfast doctor",
  ],
  "answer-not-accepted": [
    "page",
    "duplicates: Sum holdfast Duplicates stripe; relayed: Sum holdfast Relayed stripe; IF(FILL(duplicates, 0) >= 10, 100 * duplicates / (duplicates + FILL(relayed, 0)), 0) >= 30; 2 of 3 times 15 min; silence is well",
    "npx holdfast list --source ABOUT --limit 5",
    "npx holdfast try ABOUT",
  ],
  "relay-late": [
    "ticket",
    "age: Maximum function relay IteratorAge; age >= 60000; 5 of 5 times 1 min; silence is well",
    "aws logs tail /aws/lambda/shop-relay --since 15m",
    "aws lambda list-event-source-mappings --function-name shop-relay",
  ],
  "relay-failing": [
    "ticket",
    "errors: Sum function relay Errors; errors >= 1; 5 of 5 times 1 min; silence is well",
    "aws logs tail /aws/lambda/shop-relay --since 15m",
  ],
  "relay-silent": [
    "ticket",
    "missed: Sum holdfast NotRelayed; relayed: Sum holdfast Relayed; IF(FILL(missed, 0) > 0 AND FILL(relayed, 0) < 1, 1, 0) >= 1; 1 of 1 times 15 min; silence is well",
    "aws lambda list-event-source-mappings --function-name shop-relay",
    "aws logs tail /aws/lambda/shop-relay --since 15m",
  ],
  "doorbells-late": [
    "ticket",
    "age: Maximum queue doorbells ApproximateAgeOfOldestMessage; age >= 1200; 5 of 5 times 1 min; silence is well",
    "aws logs tail /aws/lambda/shop-consume --since 15m",
    "npx holdfast status",
  ],
  "consume-failing": [
    "ticket",
    "errors: Sum function consume Errors; invocations: Sum function consume Invocations; IF(FILL(invocations, 0) > 0, 100 * FILL(errors, 0) / invocations, 0) >= 5; 5 of 5 times 1 min; silence is well",
    "aws logs tail /aws/lambda/shop-consume --since 15m",
  ],
  "consume-busy": [
    "ticket",
    "running: Maximum function consume ConcurrentExecutions; running >= 48; 10 of 15 times 1 min; silence is well",
    "npx holdfast status",
  ],
  concurrency: [
    "ticket",
    'claimed: Maximum account AWS/Lambda ClaimedAccountConcurrency; used: Maximum account AWS/Usage ResourceCount {"Type":"Resource","Resource":"ConcurrentExecutions","Service":"Lambda","Class":"None"}; 100 * claimed / SERVICE_QUOTA(used) >= 80; 3 of 5 times 1 min; silence is well',
    "aws lambda get-account-settings",
    "aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 2000",
  ],
  "oldest-unsettled": [
    "page",
    "age: Maximum holdfast OldestUnsettledSeconds; age >= 330; 3 of 3 times 1 min; silence is an alarm",
    "npx holdfast list --state retrying,scheduled,stored,applied",
    "npx holdfast doctor",
  ],
  "application-down": [
    "page",
    "held: Maximum holdfast BreakersHolding; held >= 1; 1 of 1 times 1 min; silence keeps the state",
    "npx holdfast list --state retrying,waiting --limit 5",
    "npx holdfast resume ABOUT --rate 5",
  ],
  "signatures-too-old": [
    "page",
    "refused: Maximum holdfast RefusedForAge; refused >= 1; 1 of 1 times 1 min; silence keeps the state",
    "npx holdfast doctor",
    "npx holdfast replay --state scheduled --reason signature",
  ],
  held: [
    "ticket",
    "held: Maximum holdfast HeldRecords; held >= 1; 15 of 15 times 1 min; silence keeps the state",
    "npx holdfast resume ABOUT --rate 20",
  ],
  "release-failing": [
    "ticket",
    "errors: Sum function release Errors; errors >= 1; 3 of 3 times 1 min; silence is well",
    "aws logs tail /aws/lambda/shop-release --since 15m",
  ],
  waiting: [
    "ticket",
    "waiting: Maximum holdfast WaitingRecords; waiting >= 1; 60 of 60 times 1 min; silence keeps the state",
    "npx holdfast dead",
    "npx holdfast list --state waiting --limit 5",
  ],
  "record-given-up": ["ticket", "dead: Sum holdfast DeadLettered; dead >= 1; 1 of 1 times 5 min; silence is well", "npx holdfast dead"],
  "dead-records": [
    "ticket",
    "dead: Maximum holdfast DeadRecords; dead >= 1; 1 of 1 times 1 min; silence keeps the state",
    "npx holdfast dead",
  ],
  "crash-dead-letter": [
    "page",
    "crashed: Sum holdfast Crashed; crashed >= 1; 1 of 1 times 5 min; silence is well",
    "npx holdfast dead",
    "aws logs tail /aws/lambda/shop-consume --since 15m",
    "aws logs tail /aws/lambda/shop-sweep --since 15m",
  ],
  redriven: [
    "ticket",
    "redriven: Sum holdfast Redriven; redriven >= 1; 1 of 1 times 5 min; silence is well",
    "aws logs tail /aws/lambda/shop-consume --since 15m",
    "npx holdfast doctor",
  ],
  "findings-open-too-long": [
    "ticket",
    "oldest: Maximum holdfast OldestFindingSeconds; oldest >= 259200; 1 of 1 times 1 min; silence keeps the state",
    "npx holdfast findings list --state open",
  ],
  "money-at-stake": [
    "ticket",
    "share: Maximum holdfast MoneyAtStakePercent; share >= 100; 6 of 6 times 5 min; silence keeps the state",
    "npx holdfast findings list --state open",
  ],
  "export-not-compared": [
    "ticket",
    "failed: Maximum queue exportsFailed ApproximateNumberOfMessagesVisible; failed >= 1; 1 of 1 times 1 min; silence is well",
    "aws logs tail /aws/lambda/shop-compare --since 15m",
    "aws sqs get-queue-url --queue-name shop-exports-failed",
    "npx holdfast reconcile --source SOURCE --export FILE",
  ],
  "sweep-failing": [
    "ticket",
    "errors: Sum function sweep Errors; errors >= 1; 3 of 3 times 1 min; silence is well",
    "aws logs tail /aws/lambda/shop-sweep --since 15m",
  ],
  "sweep-silent": [
    "page",
    "runs: Sum function sweep Invocations; runs < 1; 5 of 5 times 1 min; silence is an alarm",
    "aws events describe-rule --name shop-sweep",
    "aws logs tail /aws/lambda/shop-sweep --since 15m",
  ],
};

test.each(Object.entries(writtenDown))("%s", (name, expected) => {
  expect(said(name as ConditionName)).toEqual(expected);
});

test("the silence of a source counts in the hours in which it is expected to send", () => {
  const expression = (hours?: string) => {
    const { alarm }: Condition = conditions["source-silent"];
    const expect = { atLeast: 3, everyMinutes: 30, ...(hours !== undefined && { hours }) };
    const rule = alarm.kind === "by source" ? alarm.rule("stripe", { ...settings, expect }) : undefined;
    return [rule?.expression, rule?.threshold, rule?.periodMinutes];
  };
  const came = "FILL(relayed, 0) + FILL(duplicates, 0)";
  expect(expression()).toEqual([came, 3, 30]);
  expect(expression("09-22")).toEqual([`IF(HOUR(relayed) >= 9 AND HOUR(relayed) < 22, ${came}, 3)`, 3, 30]);
  expect(expression("09-09")).toEqual([`IF(HOUR(relayed) >= 9 OR HOUR(relayed) < 9, ${came}, 3)`, 3, 30]);
  expect(expression("22-06")).toEqual([`IF(HOUR(relayed) >= 22 OR HOUR(relayed) < 6, ${came}, 3)`, 3, 30]);
});

test("an alarm says how grave it is, what happened, what it means for money, and what to type", () => {
  const { happened, money } = conditions["application-down"];
  expect(alarmText("application-down", "shop", "app")).toBe(
    `Page: ${happened} ${money} Type: npx holdfast status; then npx holdfast list --state retrying,waiting --limit 5; then npx holdfast resume app --rate 5`,
  );
  expect(alarmText("sweep-failing", "shop")).toMatch(
    /^Ticket: .+ Type: npx holdfast status; then aws logs tail \/aws\/lambda\/shop-sweep --since 15m$/,
  );
  // Only CloudWatch knows of it.
  expect(alarmText("relay-late", "shop")).not.toContain("holdfast status");
  expect(alarmText("source-silent", "shop")).toContain("npx holdfast list --source  --limit 5");
});

test("every metric has a sentence, and is of one kind", () => {
  for (const text of Object.values(metricTexts)) expect(text).toMatch(/^[a-z].{5,}/);
  expect(accessMetrics).toEqual({ throttled: "FrontThrottled", refused: "FrontRefused" });
  const names = Object.keys(metricTexts);
  expect(names.filter(isBySource).sort()).toEqual(["Duplicates", "Relayed", "Unproven"]);
  expect(names.filter(isGauge).sort()).toEqual([
    ...["BreakersHolding", "DeadRecords", "FindingsOfClass", "HeldRecords", "MoneyAtStake", "MoneyAtStakePercent"],
    ...["OldestFindingSeconds", "OldestUnsettledSeconds", "OpenConflicts", "OpenFindings", "RefusedForAge"],
    ...["SpilledWaiting", "UndecidedInQuarantine", "UnverifiedRecords", "WaitingRecords"],
  ]);
  const dimensions = names.flatMap((name) => {
    const one = dimensionOf(name as MetricName);
    return one ? [`${name} by ${one.name}${one.inTotal ? ", and in total" : ""}`] : [];
  });
  expect(dimensions.toSorted()).toEqual([
    ...["Duplicates by source, and in total", "FindingsOfClass by class", "MoneyAtStake by currency"],
    ...["Relayed by source, and in total", "Unproven by source, and in total"],
  ]);
});

test("how long a finding may wait for an operator is what the configuration says", () => {
  const { alarm }: Condition = conditions["findings-open-too-long"];
  const rule = alarm.kind === "one" ? alarm.rule(withDefaults({ ...config, findings: { openTooLong: "90m" } })) : undefined;
  expect(rule?.threshold).toBe(5_400);
});

test("only a source on a partner's event bus has an alarm about events that are not stored", () => {
  const { alarm }: Condition = conditions["events-not-stored"];
  const rule = alarm.kind === "by source" ? alarm.rule("stripe", { ...settings, kind: "eventbridge" }) : undefined;
  expect(ruleText(rule)).toBe("errors: Sum function listen Errors; errors >= 1; 1 of 1 times 1 min; silence is well");
});

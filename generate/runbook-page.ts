/** The runbook: a section for each row of the table of conditions, between what is true of all of them and what the metrics mean. */
import { type AlarmRule, type MetricRule, type MetricSource, periodsOf } from "../core/conditions/alarm-rule.ts";
import type { Condition, Severity } from "../core/conditions/condition.ts";
import { allConditions } from "../core/conditions/conditions.ts";
import { bySource, gauges, gaugesBy, isGauge } from "../core/conditions/metric-names.ts";
import { type AnyMetric, metricTexts } from "../core/conditions/metric-text.ts";
import { withDefaults } from "../core/config/defaults.ts";

const severities: Readonly<Record<Severity, string>> = {
  page: "**Page**: at once, at any hour",
  ticket: "**Ticket**: within the day",
  notice: "**Notice**: nothing has to be done",
};

export const runbookPage = (): string =>
  [
    "# Runbook",
    "",
    "Made from the table of conditions in `core/conditions` by `npm run generate -- runbook`; a test fails when it is out of date.",
    "",
    "For the operator who is called when an alarm goes off. Each alarm `NAME-<heading>` (`NAME` is the name in `holdfast.config.ts`) has its heading here, and `npx holdfast status` and `npx holdfast doctor` use the same names; an alarm about one source has the source's name at its end. Words are those of the glossary in `docs/architecture.md`.",
    "",
    "## First, whatever it is",
    "",
    "1. `npx holdfast status` shows which of these conditions hold, since when, what that means for money and what to type; its exit code is 4 when an operator has to act. What it cannot see, because only CloudWatch counts it, it lists at its end.",
    "2. As long as `cannot-acknowledge`, `source-unverified` and `source-silent` are silent, **no payment news is being lost.** Everything else can be fixed during working hours: what is stored stays stored, and replaying it twice does no harm.",
    "3. Do not empty queues, delete objects or change items by hand. The queue holds pointers only; the tables are the truth, and the sweep restores what a queue has lost. The two exceptions, where a queue or the bucket holds the only copy, are the spill queue and `spill/`: never empty those.",
    "4. An alarm notifies the topic when it goes off and again when it is resolved. Most are about a state, and stay until it is over. Pages go to `pageTopic` if the construct was given one.",
    "",
    "The commands below need AWS credentials with the rights of `grantOperate` (or `grantRead` where nothing is changed).",
    "",
    ...allConditions.flatMap(([name, condition]) => section(name, condition)),
    "## What the numbers mean",
    "",
    `In CloudWatch, namespace \`Holdfast\`, dimension \`service\` (the deployment's name); ${bySource.map((name) => `\`${name}\``).join(", ")} also by \`service\` and \`source\`.`,
    "",
    "| metric | counts |",
    "|---|---|",
    ...Object.entries(metricTexts)
      .filter(([name]) => !isGauge(name))
      .map(([name, text]) => `| \`${name}\` | ${text} |`),
    "",
    "Measured by the sweep every minute, also when it is 0:",
    "",
    "| metric | is |",
    "|---|---|",
    ...gauges.map((name: AnyMetric) => `| \`${name}\` | ${metricTexts[name]} |`),
    "",
    "Measured with them, each by `service` and one more dimension, for what there is of it:",
    "",
    "| metric | dimension | is |",
    "|---|---|---|",
    ...Object.entries(gaugesBy).map(([name, by]) => `| \`${name}\` | \`${by}\` | ${metricTexts[name as keyof typeof gaugesBy]} |`),
    "",
  ].join("\n");

const section = (name: string, { severity, happened, money, alarm, seen, runbook }: Condition): readonly string[] => {
  const visible =
    seen.kind === "in the tables and queues" ? "`npx holdfast status` shows it." : "Only the alarm sees it, not `npx holdfast status`.";
  return [
    `## ${name}`,
    "",
    `${severities[severity]}. ${alarmText(alarm)} ${visible}`,
    "",
    `**What happened.** ${happened} ${runbook.more}`,
    "",
    `**What it means for money.** ${money} ${runbook.stake}`,
    "",
    `**What to look at.** ${runbook.lookAt}`,
    "",
    `**What to do.** ${runbook.fix}`,
    "",
    `**Resolved when** ${runbook.resolvedWhen}`,
    "",
  ];
};

/** What a deployment with every default has. */
const ordinary = withDefaults({ name: "NAME", sources: {}, targets: {} });
const source = { gateway: "GATEWAY", target: "TARGET", expect: { atLeast: 1, everyMinutes: 60 } };

const alarmText = (alarm: AlarmRule): string => {
  switch (alarm.kind) {
    case "any of":
      return "Alarm: any of those named below.";
    case "one":
      return `Alarm: ${ruleText(alarm.rule(ordinary))}`;
    case "by source": {
      const rule = alarm.rule("SOURCE", source);
      return rule ? `One alarm for each source, \`NAME-<heading>-SOURCE\`: ${ruleText(rule)}` : "";
    }
    default:
      return alarm satisfies never;
  }
};

const ruleText = (rule: MetricRule): string => {
  const { periods, of, periodMinutes } = periodsOf(rule);
  const sources = Object.entries(rule.metrics);
  const metrics = sources.map(([id, one]) => `${rule.expression === undefined ? "" : `${id} = `}${metricText(one)}`).join(", ");
  const limit = `${rule.below ? "below" : "at least"} ${rule.threshold.toLocaleString("en")}`;
  const expression = rule.expression === undefined ? metrics : `\`${rule.expression}\` (${metrics})`;
  const unit = periodMinutes === 1 ? "minutes" : `periods of ${periodMinutes} minutes`;
  const when =
    of === 1 ? `in one ${periodMinutes === 1 ? "minute" : `period of ${periodMinutes} minutes`}` : `in ${periods} of ${of} ${unit}`;
  return `${expression} ${limit} ${when}. No data ${rule.silence}.`;
};

const metricText = (metric: MetricSource): string => {
  const name = `\`${metric.name}\` (${metric.statistic.toLowerCase()})`;
  switch (metric.of) {
    case "holdfast":
      return name;
    case "function":
      return `${name} of \`NAME-${metric.verb}\``;
    case "stream mapping":
      return `${name} of the mapping of \`NAME-relay\``;
    case "front":
      return `${name} of the API`;
    case "queue":
      return `${name} of the queue of ${{ doorbells: "doorbells", deadLetters: "deadLetters", spill: "spill", exportsFailed: "exports that failed" }[metric.queue]}`;
    case "table":
      return `${name} of ${metric.index ? "the index of " : ""}\`NAME-${metric.table}\``;
    case "account":
      return `${name} of the account`;
    default:
      return metric satisfies never;
  }
};

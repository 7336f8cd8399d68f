/** Callbacks that get no acknowledgement. */
import { type MetricSource, sum, whenever } from "../alarm-rule.ts";
import { byItsAlarmOnly, type Condition, logOf } from "../condition.ts";

const log = (filter: string): string => `aws logs tail /aws/vendedlogs/NAME-callbacks --since 15m --filter-pattern '${filter}'`;

const receive = (name: "Errors" | "Throttles"): MetricSource => ({ of: "function", verb: "receive", name, statistic: "Sum" });

export const answering = {
  "cannot-acknowledge": {
    severity: "page",
    happened: "Callbacks are not being acknowledged.",
    money: "Their gateways retry for a while, and may then undo the payments or stop sending, so payment news is being lost.",
    next: (place) => [logOf(place, "receive"), place.holdfast("status")],
    seen: byItsAlarmOnly,
    alarm: {
      kind: "any of",
      conditions: ["front-failing", "front-throttled", "receive-failing", "receive-throttled", "callback-not-stored"],
    },
    runbook: {
      more: "It is in alarm while any of `front-failing`, `front-throttled`, `receive-failing`, `receive-throttled` and `callback-not-stored` is. Those name the place; this one is the one to be woken by.",
      stake: "What is stored already is not affected.",
      lookAt:
        "Which of the five is in alarm: `aws cloudwatch describe-alarms --state-value ALARM --alarm-name-prefix NAME-`. Was anything deployed within the last hour?",
      fix: "Follow that alarm's section. If a deployment came just before it, deploy the version before first and look for the cause afterwards.",
      resolvedWhen:
        "all five say OK, and `npx holdfast list` shows new records for every source. Then ask each gateway what it gave up sending meanwhile, and have it resent; duplicates are recognised.",
    },
  },
  "front-failing": {
    severity: "ticket",
    happened: "API Gateway answered callbacks with 5xx, other than rejections on purpose.",
    money: "Their gateways retry for a while, and may then undo the payment or stop sending.",
    next: (place) => [logOf(place, "receive")],
    seen: byItsAlarmOnly,
    // Rejections on purpose are counted from the log, which may be a minute late: so two minutes of three.
    alarm: whenever({
      metrics: { answered: { of: "front", name: "5xx", statistic: "Sum" }, meant: sum("FrontRefused") },
      expression: "answered - FILL(meant, 0)",
      threshold: 1,
      periods: 2,
      of: 3,
      silence: "is well",
    }),
    runbook: {
      more: "(Many gateways' rejection of an unverified callback is a 500 too; those are counted in `callbacks-unproven` instead.) Either the function behind it failed (then `receive-failing` is on too), or could not be started (`receive-throttled`), or API Gateway itself is in trouble.",
      stake: "What was answered with 5xx may have been stored anyway: the next attempt is then recognised as a duplicate.",
      lookAt: `Which of the two alarms above is on. \`${log('{ $.status = "5*" }')}\` shows each request with the function's answer (\`functionStatus\`), Lambda's (\`lambdaStatus\`, \`lambdaError\`) and API Gateway's (\`frontError\`).`,
      fix: "Follow the other alarm if there is one. If there is none and the log does not mention Lambda, look at the AWS Health Dashboard; there is nothing to fix here. A deployment within the last hour is the likeliest cause: deploy the version before it.",
      resolvedWhen:
        "the alarm says OK, and `npx holdfast list` shows new records for every source that was hit. If a gateway has stopped retrying meanwhile, ask it to resend that period; duplicates are recognised.",
    },
  },
  "front-throttled": {
    severity: "ticket",
    happened: "Callbacks were answered with 429, because they came faster than the throttle allows.",
    money: "A payment's news is lost if its gateway does not retry.",
    next: ({ name, holdfast }) => [`aws logs tail /aws/vendedlogs/${name}-callbacks --since 15m`, holdfast("status")],
    seen: byItsAlarmOnly,
    alarm: whenever({ metrics: { throttled: sum("FrontThrottled") }, threshold: 1, silence: "is well" }),
    runbook: {
      more: "The throttle is `throttle` in `holdfast.config.ts`; above it is the account's own limit, which all its APIs share.",
      stake: "429 is a failure to a gateway. Most retry soon.",
      lookAt: `\`${log('{ $.status = "429" }')}\`: one address and one source, or all of them? One address that belongs to no gateway is an attack or a broken client.`,
      fix: "If the load is genuine (a gateway working off its backlog, a sale), raise `throttle` and deploy; raise it well above the peak, since acknowledging is cheap. If it is close to 10,000 a second, ask AWS for more first (Service Quotas, API Gateway). If it is an attack, put AWS WAF with a rate rule by address in front; do not lower the throttle: that would shut out the gateways too.",
      resolvedWhen:
        "no more 429s are logged. Then compare one hour with the gateway's own list of sent notices, and have it resend what is missing.",
    },
  },
  "receive-failing": {
    severity: "ticket",
    happened: "The function that acknowledges callbacks failed or timed out.",
    money: "Its callbacks were answered with 5xx, and their gateways may undo the payments.",
    next: (place) => [logOf(place, "receive")],
    seen: byItsAlarmOnly,
    alarm: whenever({ metrics: { errors: receive("Errors") }, threshold: 1, silence: "is well" }),
    runbook: {
      more: "`NAME-receive` threw an error, ran out of its 10 seconds, or could not start.",
      stake: "Until this is fixed, payments depend on the gateways' retries.",
      lookAt:
        "`aws logs tail /aws/lambda/NAME-receive --since 15m`. An error at every start means a broken deployment: a missing variable, an unreadable `config.json`. Errors at single callbacks mean a bug in one gateway's `verify` or `identify`; the log names the source.",
      fix: "Deploy the version before the last one: `git checkout` it, `npm ci`, `npx cdk deploy`. Fix the bug afterwards. Do not wait for a fix while callbacks are failing.",
      resolvedWhen: "the alarm says OK and each source's callbacks arrive again: `npx holdfast list`.",
    },
  },
  "receive-throttled": {
    severity: "ticket",
    happened: "Lambda did not run the function that acknowledges callbacks, because the account's concurrency is used up.",
    money: "The callbacks were answered with 5xx, and their gateways may undo the payments.",
    next: () => [
      "aws lambda get-account-settings",
      "aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 2000",
    ],
    seen: byItsAlarmOnly,
    alarm: whenever({ metrics: { throttles: receive("Throttles") }, threshold: 1, silence: "is well" }),
    runbook: {
      more: "The limit is of concurrent executions in this region; a burst rate above it throttles too.",
      stake: "The function itself is fine.",
      lookAt:
        "`aws lambda get-account-settings` shows the limit (a new account may have only 10), and the metric `ConcurrentExecutions` in `AWS/Lambda`, by function, shows what uses it up. `NAME-consume` is limited to 50, or to `capacity.consume.maxConcurrency`.",
      fix: "Stop or limit whatever else uses the concurrency. Ask for more: `aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 2000`. If the account is shared with batch jobs, give `NAME-receive` reserved concurrency (`capacity.receive.reservedConcurrency`), or move Holdfast to a separate account.",
      resolvedWhen: "the alarm says OK. The gateways' retries bring the rest.",
    },
  },
} as const satisfies Readonly<Record<string, Condition>>;

/** Whether what gateways send arrives at the right place, in time and at all. */

import { inHours } from "../../config/expected-hours.ts";
import { ofSource, sum, whenever } from "../alarm-rule.ts";
import { byItsAlarmOnly, type Condition, counted, logOf, seenIn } from "../condition.ts";

export const arriving = {
  "ack-slow": {
    severity: "ticket",
    happened: "One callback in a hundred waits for its answer for more than two seconds.",
    money: "Gateways give up after 3 to 30 seconds, so acknowledgements that get slower become payments that are undone.",
    next: (place) => [logOf(place, "receive")],
    seen: byItsAlarmOnly,
    alarm: whenever({
      metrics: { slowest: { of: "front", name: "Latency", statistic: "p99" }, requests: { of: "front", name: "Count", statistic: "Sum" } },
      expression: "IF(requests >= 20, slowest, 0)",
      threshold: 2_000,
      periods: 3,
      of: 5,
      silence: "is well",
    }),
    runbook: {
      more: "In three of the last five minutes, of at least 20 requests each; fewer say nothing.",
      stake: "Which deadline each gateway has is in `docs/gateways.md`.",
      lookAt:
        "`aws logs tail /aws/vendedlogs/NAME-callbacks --since 15m` has the `milliseconds` of each request. `aws logs tail /aws/lambda/NAME-receive --since 15m` shows how many are cold starts (`Init Duration`) and which store was slow.",
      fix: "Cold starts at each burst: provisioned concurrency for `NAME-receive`. A slow table: see `throttled`. All of AWS slow in this region: the AWS Health Dashboard; nothing to fix here.",
      resolvedWhen: "the alarm says OK.",
    },
  },
  "wrong-url": {
    severity: "ticket",
    happened: "Requests came for a source that is not configured, with a method that its gateway does not use, or too large.",
    money: "A gateway whose URL is entered wrong delivers nothing, and its payments stay unknown until an operator notices.",
    next: ({ name, holdfast }) => [`aws logs tail /aws/vendedlogs/${name}-callbacks --since 15m`, holdfast("doctor")],
    seen: byItsAlarmOnly,
    alarm: whenever({
      metrics: { nosource: sum("NoSuchSource"), notallowed: sum("NotAllowed"), toolarge: sum("TooLarge") },
      expression: "FILL(nosource, 0) + FILL(notallowed, 0) + FILL(toolarge, 0)",
      threshold: 5,
      periodMinutes: 15,
      silence: "is well",
    }),
    runbook: {
      more: "At least five within a quarter of an hour. They were answered with 404, 405 or 413.",
      stake: "A scanner that guesses paths costs nothing.",
      lookAt: `\`aws logs tail /aws/vendedlogs/NAME-callbacks --since 15m --filter-pattern '{ $.status = "4*" }'\` shows path, method and address. A path that is nearly a source's name, from a gateway's address, is a typo at the gateway.`,
      fix: "Correct the URL in the gateway's settings; `npx holdfast doctor` lists the sources. A genuine callback above `maxBodyBytes` (413): raise it, up to 4,500,000. Then have the gateway resend what it could not deliver.",
      resolvedWhen: "the alarm says OK and `npx holdfast list --source SOURCE` shows the source's callbacks.",
    },
  },
  "events-not-stored": {
    severity: "page",
    happened: "Events of a source on a partner's event bus could not be stored.",
    money: "They are retried for some minutes, then only the bucket has them, and the application does not learn of those payments.",
    next: (place) => [logOf(place, "listen"), place.holdfast("doctor")],
    seen: byItsAlarmOnly,
    alarm: {
      kind: "by source",
      rule: (_, { kind }) =>
        kind === "eventbridge"
          ? { metrics: { errors: { of: "function", verb: "listen", name: "Errors", statistic: "Sum" } }, threshold: 1, silence: "is well" }
          : undefined,
    },
    runbook: {
      more: "Only sources of the kind `eventbridge` have this alarm, and all of them have it together: one function stores what any of their buses brings. An event fails when the table, the spill queue and the bucket all refuse it, when no source of the configuration is on its bus, or when the function crashes.",
      stake:
        "Lambda tries each event three times within minutes. After that it is under `aws/lambda/` in the bucket for a month, with the event in `requestPayload`.",
      lookAt:
        "`aws logs tail /aws/lambda/NAME-listen --since 15m` has each event's error. `aws s3 ls s3://NAME-bodies-ACCOUNT-REGION/aws/lambda/ --recursive` lists what was given up.",
      fix: "Restore the rights, the key or the region that the log names; put the source back into the configuration and deploy. Then have the gateway resend that period, or invoke `NAME-listen` with each `requestPayload` from the bucket: what is stored already is a duplicate and does no harm.",
      resolvedWhen: "the alarm says OK and `npx holdfast list --source SOURCE` shows the events of that time.",
    },
  },
  "real-left-out": {
    severity: "page",
    happened: "A source that is for tests received callbacks of real payments.",
    money: "They are kept, but neither in the ledger nor delivered, so the application does not know of those payments.",
    next: ({ holdfast }) => [holdfast("list", "--state", "ignored", "--reason", "real"), holdfast("doctor")],
    seen: byItsAlarmOnly,
    alarm: whenever({ metrics: { left: sum("RealLeftOut") }, threshold: 1, periodMinutes: 15, silence: "is well" }),
    runbook: {
      more: "At least one within a quarter of an hour. The source's `mode` in the configuration is `test`, and its gateway's callbacks say of themselves that they are live.",
      stake: "Nothing is lost: the bytes are kept, and a replay delivers them once the source is for real payments.",
      lookAt:
        '`npx holdfast list --state ignored --source SOURCE` shows them. Is the URL registered in the gateway\'s live mode, or was `mode: "test"` left in the configuration?',
      fix: "A forgotten setting: take `mode` out, deploy, and `npx holdfast replay --state ignored --reason real --yes`. A URL entered at the wrong place: correct it at the gateway.",
      resolvedWhen: "the alarm says OK, and `npx holdfast list --state ignored` names no real payment that was not replayed.",
    },
  },
  "source-silent": {
    severity: "page",
    happened: "A source sent fewer callbacks than its configuration expects.",
    money: "The gateway may have stopped sending, and then payments and cancellations happen that nobody here learns of.",
    next: ({ about, holdfast }) => [holdfast("list", "--source", about, "--limit", "5"), holdfast("doctor")],
    seen: seenIn("sources", (sources, { now, config }) =>
      sources.flatMap(({ source, inPeriod, lastAt }) => {
        const expected = config.sources[source]?.expect;
        if (!expected || inPeriod === undefined || inPeriod >= expected.atLeast || !inHours(expected.hours, now)) return [];
        return [
          {
            about: source,
            what: `${counted(inPeriod, "callback")} of ${source} within ${expected.everyMinutes} minutes, where at least ${expected.atLeast} ${expected.atLeast === 1 ? "is" : "are"} expected`,
            ...(lastAt !== undefined && { since: lastAt }),
            numbers: { callbacks: inPeriod, expected: expected.atLeast },
          },
        ];
      }),
    ),
    alarm: {
      kind: "by source",
      rule: (source, { expect }) =>
        expect && {
          metrics: ofSource(source, "Relayed", "Duplicates"),
          expression: awakeOnly("FILL(relayed, 0) + FILL(duplicates, 0)", expect),
          threshold: expect.atLeast,
          below: true,
          periodMinutes: expect.everyMinutes,
          silence: "is an alarm",
        },
    },
    runbook: {
      more: 'Only sources with `expect` in `holdfast.config.ts` have this alarm: `expect: { atLeast: 1, everyMinutes: 60, hours: "00-13" }`, the hours in UTC.',
      stake: "Nothing else notices it: without callbacks there is nothing that could fail.",
      lookAt:
        "`npx holdfast list --source SOURCE --limit 5`: when did the last one come? `aws logs tail /aws/vendedlogs/NAME-callbacks --since 1h`: does anything arrive for it, and how is it answered? Then the gateway's own list of sent notices, and its status page.",
      fix: "A URL, a DNS name or a contract that was changed: correct it at the gateway, and have it resend that period. A quiet day: lower `expect`. Unverified callbacks instead of none: see `source-unverified`.",
      resolvedWhen: "callbacks of the source arrive again, at the end of the period.",
    },
  },
  "answer-not-accepted": {
    severity: "page",
    happened: "A gateway redelivers what was acknowledged, so it seems not to accept the acknowledgement.",
    money: "It may give up, undo the payments or switch the endpoint off, although every callback is stored here.",
    next: ({ about, holdfast }) => [holdfast("list", "--source", about, "--limit", "5"), holdfast("try", about)],
    seen: byItsAlarmOnly,
    alarm: {
      kind: "by source",
      rule: (source) => ({
        metrics: ofSource(source, "Duplicates", "Relayed"),
        expression: "IF(FILL(duplicates, 0) >= 10, 100 * duplicates / (duplicates + FILL(relayed, 0)), 0)",
        threshold: 30,
        periodMinutes: 15,
        periods: 2,
        of: 3,
        silence: "is well",
      }),
    },
    runbook: {
      more: "In two of three quarters of an hour, at least ten redeliveries, and more than 30 % of all callbacks of that source.",
      stake: "The application is not affected: a redelivery is recognised and not delivered twice.",
      lookAt:
        "`aws logs tail /aws/vendedlogs/NAME-callbacks --since 1h`: which status does the gateway get, and after how many `milliseconds`? Then the gateway's own list of sent notices: what does it say about the answer?",
      fix: "A changed expectation of the gateway: compare its documents with `docs/gateways.md`, and correct the gateway's `acknowledge`. Too slow: see `ack-slow`. A proxy in between that changes the answer: let it pass status, content type and body unchanged. A gateway that works off a backlog after an outage stops by itself.",
      resolvedWhen: "the alarm says OK, and the gateway shows its notices as accepted.",
    },
  },
} as const satisfies Readonly<Record<string, Condition>>;

/** Outside the hours in which callbacks are expected, as many as expected came. HOUR is of the period's beginning, in UTC. */
function awakeOnly(came: string, { atLeast, hours }: { readonly atLeast: number; readonly hours?: string }): string {
  if (hours === undefined) return came;
  const [from = "00", to = "24"] = hours.split("-");
  const during =
    from < to
      ? `HOUR(relayed) >= ${Number(from)} AND HOUR(relayed) < ${Number(to)}`
      : `HOUR(relayed) >= ${Number(from)} OR HOUR(relayed) < ${Number(to)}`;
  return `IF(${during}, ${came}, ${atLeast})`;
}

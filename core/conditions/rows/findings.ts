/** Findings that nobody has taken up: for how long, and how much is at stake in them. */

import { secondMs } from "../../durations.ts";
import { durationMs } from "../../findings/graces.ts";
import { shareOf } from "../../findings/tally/stake.ts";
import { nothing } from "../../findings/tally/tally.ts";
import { formatMoney } from "../../formats/money.ts";
import { gauge, whenever } from "../alarm-rule.ts";
import { type Case, type Condition, counted, seenIn } from "../condition.ts";

export const findings = {
  "findings-open-too-long": {
    severity: "ticket",
    happened: "A finding has been open for longer than the configuration allows, and no operator has taken it.",
    money: "Somebody is charged without being entitled, or is entitled without being charged, and it goes on until an operator looks.",
    next: ({ holdfast }) => [holdfast("findings", "list", "--state", "open")],
    seen: seenIn("findings", ({ tally = nothing }, { now, config }) => {
      const { waiting, count, taken } = tally;
      if (!waiting || now - waiting.since < durationMs(config.findings.openTooLong)) return [];
      const untaken = count - taken;
      return [
        {
          what: `${counted(untaken, "finding is", "findings are")} taken by nobody, ${waiting.id} for the longest`,
          since: waiting.since,
          numbers: { open: count, untaken },
        },
      ];
    }),
    alarm: {
      kind: "one",
      rule: ({ findings: { openTooLong } }) => ({
        metrics: { oldest: gauge("OldestFindingSeconds") },
        threshold: durationMs(openTooLong) / secondMs,
        silence: "keeps the state",
      }),
    },
    runbook: {
      more: "Three days, unless `findings.openTooLong` says otherwise; counted from when it was found, or opened again. One that an operator has taken is not among them: the day's digest names the one that was taken longest ago.",
      stake: "Most findings grow by one charge a month.",
      lookAt:
        "`npx holdfast findings list --state open`: the most money first. `npx holdfast findings show FINDING` says what was said by whom, and what to do. The same class for many means one cause.",
      fix: "Do what the finding says; it closes itself when its cause is gone. While you are at it: `npx holdfast findings take FINDING`. What is meant to be so: `npx holdfast findings handle FINDING --why ...`, or `dismiss`, which stays silent whatever happens.",
      resolvedWhen:
        "the last of them is taken, handled or closed, and the alarm says OK, a minute later; with more than a thousand open findings, after as many minutes as there are thousands.",
    },
  },
  "money-at-stake": {
    severity: "ticket",
    happened: "More money is at stake in findings that no operator has taken than the configuration allows.",
    money: "It was charged, and may have to be given back, or it was not charged and will not come.",
    next: ({ holdfast }) => [holdfast("findings", "list", "--state", "open")],
    seen: seenIn("findings", ({ tally = nothing }, { config }) =>
      Object.entries(tally.untaken).flatMap(([currency, minor]): Case[] => {
        const { share, most } = shareOf({ minor, currency }, config.findings);
        if (share < 1) return [];
        return [
          {
            about: currency,
            what: `${formatMoney({ minor, currency })} are at stake in findings that nobody has taken; the alarm begins at ${formatMoney({ minor: most, currency })}`,
            numbers: { minor, most },
          },
        ];
      }),
    ),
    // Half an hour: a history that is entered raises findings, and closes them, as its callbacks come.
    alarm: whenever({
      metrics: { share: gauge("MoneyAtStakePercent") },
      threshold: 100,
      periodMinutes: 5,
      periods: 6,
      silence: "keeps the state",
    }),
    runbook: {
      more: "Currencies are never added up: each is held against its own limit in `findings.moneyAtStake`, and the metric is the share of the one that is nearest to it. A currency that is not listed has 100,000 minor units: 1,000 USD or EUR, 100,000 JPY, and 100,000 VND, which is little.",
      stake: "The sum is an estimate of what the findings know: one without a known amount counts as nothing.",
      lookAt:
        "`npx holdfast findings list --state open`: the most money first, per currency. The metric `MoneyAtStake` has its course, with the dimension `currency`.",
      fix: "As in `findings-open-too-long`. If the sum is ordinary for this business, raise `findings.moneyAtStake` for that currency, and deploy.",
      resolvedWhen:
        "what is left at stake is below the limit, and the alarm says OK, five minutes later; with more than a thousand open findings, after as many minutes as there are thousands.",
    },
  },
} as const satisfies Readonly<Record<string, Condition>>;

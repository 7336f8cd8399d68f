/** R-CHECK: a card check that is not undone, which the customer sees on a statement; and a card that is checked all the time. */
import type { Millis } from "../../../callback.ts";
import { dayMs } from "../../../durations.ts";
import { mostWithin } from "../../../ledger/payment/most-within.ts";
import { ledgerId } from "../../../ledger-id.ts";
import type { Draft } from "../../draft.ts";
import type { CheckSide } from "../../sides/check-side.ts";
import type { Rule, RuleInput } from "../rule.ts";

export const cardChecks: Rule = (input) => [...notVoided(input), ...checkedOften(input)];

const notVoided = ({ sides, settings, watch }: RuleInput): readonly Draft[] =>
  sides.checks.flatMap(({ source, check, entries }): readonly Draft[] => {
    const until = check.at + settings.graces.void;
    if (!check.isOpen || !watch.reached(until)) return [];
    return [
      {
        cause: { kind: "not voided", class: "CHECK" },
        subject: { kind: "payment", source, id: check.id },
        severity: "warning",
        money: entries.slice(0, 1).map(({ event }) => event.amount),
        since: check.at,
        entries,
        grace: { name: "void", until },
      },
    ];
  });

const mostChecks = 10;
const withinMs = 30 * dayMs;

const customerOf = ({ entries }: CheckSide): string | undefined =>
  entries.flatMap(({ event }) => (event.customer === undefined ? [] : [ledgerId(event.customer)])).at(-1);

/** Of one customer at one source, in any thirty days. */
const checkedOften = ({ sides }: RuleInput): readonly Draft[] =>
  [...Map.groupBy(sides.checks, (one) => JSON.stringify([one.source, customerOf(one)])).values()].flatMap((some): readonly Draft[] => {
    const checks = some.toSorted((one, other) => one.check.at - other.check.at);
    const [one] = checks;
    const customer = one && customerOf(one);
    const times = checks.map(({ check }) => check.at);
    const first = times.findIndex((at, index) => (times[index + mostChecks] ?? Number.POSITIVE_INFINITY) - at < withinMs);
    if (!one || customer === undefined || first < 0) return [];
    return [
      {
        cause: { kind: "checked often", class: "CHECK", most: mostWithin(times, withinMs) },
        subject: { kind: "customer", source: one.source, id: customer },
        severity: "notice",
        since: times[first + mostChecks] as Millis,
        entries: checks.slice(first).flatMap(({ entries }) => entries),
      },
    ];
  });

/** Whether an alarm's rule is broken by these values, as CloudWatch would evaluate one period of it. */
import type { MetricRule, MetricSource } from "../../core/conditions/alarm-rule.ts";

/** What is measured in a period; undefined: nothing. */
export type Measured = (metric: MetricSource) => number | undefined;

export const verdict = (rule: MetricRule, measured: Measured): "breached" | "well" | "no data" => {
  const values = Object.fromEntries(Object.entries(rule.metrics).map(([id, metric]) => [id, measured(metric)]));
  const [first] = Object.values(values);
  const value = rule.expression === undefined ? first : evaluate(rule.expression, values);
  if (value === undefined || Number.isNaN(value)) return "no data";
  return (rule.below ? value < rule.threshold : value >= rule.threshold) ? "breached" : "well";
};

/** The few functions that the rules use. IF takes the branch it is asked for; arithmetic with what is missing is missing. */
const evaluate = (expression: string, values: Readonly<Record<string, number | undefined>>): number => {
  const script = expression.replaceAll(" AND ", " && ").replaceAll(" OR ", " || ");
  const functions = {
    FILL: (value: number | undefined, instead: number) => value ?? instead,
    IF: (condition: unknown, one: number, other: number) => (condition ? one : other),
  };
  const names = [...Object.keys(functions), ...Object.keys(values)];
  return Number(new Function(...names, `return ${script};`)(...Object.values(functions), ...Object.values(values)));
};

/** The result of `cost` for people. */
import { columns } from "../columns.ts";
import { type Bill, billOf, fixedOf, goals, storageOf, total } from "./bill.ts";
import { sources } from "./deployment.ts";
import type { Counted, Shape } from "./follow.ts";
import type { CostResult } from "./measure.ts";
import { assumptions, prices } from "./prices.ts";

/** What `--json` prints: every figure of the tables below. */
export const costFigures = (result: CostResult) => ({
  prices,
  assumptions,
  perMillion: result.counted.map(({ shape, counts }) => {
    const bill = billOf(counts, result.audited, result.deployment);
    const goal = goals[shape.load];
    return { ...shape, usd: total(bill), goal, met: total(bill) < goal, bill: Object.fromEntries(bill), counts };
  }),
  fixedPerMonth: Object.fromEntries(fixedOf(result)),
  storagePerMonth: result.counted.map(({ shape, counts }) => ({ ...shape, ...Object.fromEntries(storageOf(counts, shape.events + 1)) })),
  audited: result.audited,
  deployment: result.deployment,
});

const usd = (value: number): string => value.toFixed(2);
const title = ({ bytes, load, events }: Shape): string => `${bytes / 1024} KB ${load} ${events}`;

interface Billed {
  readonly shape: Shape;
  readonly counts: Counted;
  readonly bill: Bill;
}

const table = (bills: readonly Billed[]): string => {
  const [first] = bills;
  const kept = (at: number) => bills.map(({ shape, counts }) => usd(storageOf(counts, shape.events + 1)[at]?.[1] ?? 0));
  return columns(
    ["", ...bills.map(({ shape }) => title(shape))],
    [
      ...(first?.bill ?? []).map(([what], at) => [what, ...bills.map(({ bill }) => usd(bill[at]?.[1] ?? 0))]),
      ["sum", ...bills.map(({ bill }) => usd(total(bill)))],
      ["goal", ...bills.map(({ shape, bill }) => `< ${goals[shape.load]} ${total(bill) < goals[shape.load] ? "met" : "missed"}`)],
      ["kept, a month: records", ...kept(0)],
      ["kept, a month: ledger", ...kept(1)],
    ],
  );
};

export const costReport = (result: CostResult): string => {
  const bills = result.counted.map(({ shape, counts }) => ({ shape, counts, bill: billOf(counts, result.audited, result.deployment) }));
  const { waitMs } = assumptions;
  const retentionMonths = 400 / 30.4;
  return [
    `USD per million callbacks at list prices of ${prices.region}, ${prices.date}, without free tiers. Columns: size, load, events in each callback.`,
    `Counted on the built bundles. Assumed: ${waitMs.DynamoDB} ms for a call of DynamoDB, ${waitMs.SQS} of SQS, ${waitMs.application} for the application.`,
    "",
    "Each callback is the first of its contract, its payment and its customer:",
    table(bills.filter(({ shape }) => shape.contract === "new")),
    "",
    "Each callback is about a contract and a customer that are known, and a new payment, as a renewal is:",
    table(bills.filter(({ shape }) => shape.contract === "known")),
    "",
    `Records are kept for ${retentionMonths.toFixed(0)} months by default, the ledger for good.`,
    "",
    `Fixed, USD a month, with ${sources} sources:`,
    columns(["", ""], [...fixedOf(result).map(([what, value]) => [what, usd(value)]), ["sum", usd(total(fixedOf(result)))]]),
  ].join("\n");
};

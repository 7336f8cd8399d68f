/**
 * The configurable gateway: whatever the source's options describe, written backwards. A value goes to the place its pointer
 * names, a type is what `events` calls it; what the options do not describe cannot be told.
 */
import type { EventType } from "../../core/event.ts";
import { type Moment, type MomentKind, momentEvents } from "../moment.ts";
import type { Options, Writer, Written } from "../writer.ts";
import { iso, major, prefixed } from "../writing.ts";

/** What the gateway itself calls an event of ours: the first name that `events` gives that meaning. */
const nameOf = (type: EventType, { events = "" }: Options): string | undefined =>
  events
    .split(",")
    .map((entry) => entry.trim().split(/=(?=[^=]*$)/))
    .find(([, meaning]) => meaning?.trim() === type)?.[0]
    ?.trim();

type Tree = { [name: string]: Tree | string | number };

/** Puts the value where the JSON pointer points, and makes the way there. */
const put = (tree: Tree, pointer: string | undefined, value: string | number): void => {
  const steps = pointer?.split("/").slice(1) ?? [];
  const last = steps.pop();
  if (last === undefined) return;
  let at = tree;
  for (const step of steps) {
    const next = at[unescaped(step)];
    at = at[unescaped(step)] = typeof next === "object" ? next : {};
  }
  at[unescaped(last)] = value;
};

const unescaped = (step: string): string => step.replaceAll("~1", "/").replaceAll("~0", "~");

const written = (moment: Moment, type: EventType, options: Options): readonly Written[] => {
  const name = nameOf(type, options);
  if (name === undefined) return [];
  const amount = moment.refund?.soFar ?? moment.amount;
  const aboutMoney = type.startsWith("charge.");
  const id = `${moment.id}_${type}`;
  const tree: Tree = { event: id };
  put(tree, options.idPointer, id);
  put(tree, options.typePointer, name);
  put(tree, options.occurredAtPointer, iso(moment.at));
  if (moment.contract) put(tree, options.contractPointer, moment.contract);
  put(tree, options.customerPointer, moment.customer);
  if (aboutMoney) {
    put(tree, options.chargePointer, moment.charge);
    put(tree, options.amountPointer, options.amountUnit === "major" ? major(amount) : amount.minor);
    put(tree, options.currencyPointer, amount.currency);
  }
  const fields = options.idField ? { ...tree, [options.idField]: id } : undefined;
  const body = fields ? new URLSearchParams(fields as Record<string, string>).toString() : JSON.stringify(tree);
  return [{ body: Buffer.from(body), tells: [type] }];
};

const kinds = Object.keys(momentEvents) as readonly MomentKind[];

export const writer: Writer = {
  ids: prefixed({ contract: "contract_", customer: "customer_", charge: "charge_", order: "order_", part: "refund_" }),
  scenes: Object.fromEntries(
    kinds.map((kind) => [
      kind,
      (moment: Moment, options: Options) => momentEvents[kind].flatMap(([type]) => written(moment, type, options)),
    ]),
  ),
};

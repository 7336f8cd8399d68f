/**
 * The configurable gateway: whatever the source's options describe, written backwards. A value goes to the place its pointer
 * names, a type is what `events` calls it; what the options do not describe is left out.
 */
import type { EventType } from "../../core/event.ts";
import { type Moment, type MomentKind, momentEvents } from "../moment.ts";
import type { Options, Writer, Written } from "../writer.ts";
import { iso, json, major, prefixed } from "../writing.ts";

/** What the gateway itself calls an event of ours: the first name that `events` gives that meaning. */
const nameOf = (type: EventType, events: string): string | undefined =>
  events
    .split(",")
    .map((entry) => entry.split(/=(?=[^=]*$)/))
    .find(([, meaning]) => meaning?.trim() === type)?.[0]
    ?.trim();

type Tree = Record<string, unknown>;

/** Puts the value where the JSON pointer points, and creates the path: a list where a number comes next. */
const put = (tree: Tree, pointer: string | undefined, value: string | number | undefined): void => {
  const steps = pointer?.split("/").slice(1).map(unescaped) ?? [];
  const last = steps.pop();
  if (last === undefined || value === undefined) return;
  let at = tree;
  for (const [index, step] of steps.entries()) {
    const isList = /^\d+$/.test(steps[index + 1] ?? last);
    at[step] ??= isList ? [] : {};
    at = at[step] as Tree;
  }
  at[last] = value;
};

const unescaped = (step: string): string => step.replaceAll("~1", "/").replaceAll("~0", "~");

const written = (moment: Moment, type: EventType, options: Options): readonly Written[] => {
  // Options that give no type a meaning still describe a gateway that sends.
  const name = options.events ? nameOf(type, options.events) : type;
  if (name === undefined) return [];
  const id = `${moment.id}_${type}`;
  // Always something new: where the options name no id, the bytes are the id.
  const tree: Tree = { event: id };
  put(tree, options.idPointer ?? (options.idField && `/${options.idField}`), id);
  put(tree, options.typePointer, name);
  put(tree, options.occurredAtPointer, iso(moment.at));
  put(tree, options.contractPointer, moment.contract);
  put(tree, options.customerPointer, moment.customer);
  if (type.startsWith("charge.")) {
    const amount = (options.refundPointer ? moment.refund?.amount : moment.refund?.soFar) ?? moment.amount;
    put(tree, options.chargePointer, moment.charge);
    put(tree, options.orderPointer, moment.order);
    put(tree, options.amountPointer, options.amountUnit === "major" ? major(amount) : amount.minor);
    put(tree, options.currencyPointer, amount.currency);
    if (type === "charge.refunded") put(tree, options.refundPointer, moment.part);
    if (type === "charge.failed") put(tree, options.reasonPointer, "insufficient_funds");
  }
  const body = options.idField ? Buffer.from(new URLSearchParams(tree as Record<string, string>).toString()) : json(tree);
  return [{ body, reports: options.events ? [type] : ["unknown"] }];
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

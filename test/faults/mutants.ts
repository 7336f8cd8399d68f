/**
 * The product broken on purpose, one promise at a time. Each break is a small change to what a function is put together from, or to
 * what it sends; mutants.test.ts shows by which invariant each of them is found out.
 */
import type { Delivery } from "../../core/retry.ts";
import type { ReceiveDependencies } from "../../functions/receive.ts";
import type { StepDependencies } from "../../functions/steps/dependencies.ts";
import type { createSweep } from "../../functions/sweep.ts";
import type { Ledger } from "../../io/ledger.ts";
import type { Spill } from "../../io/spill.ts";
import type { Spilled, SpilledStore } from "../../io/spilled.ts";
import { withBody } from "./answers.ts";
import type { Call } from "./call.ts";
import type { WireRequest } from "./wire.ts";

export interface Mutant {
  keep(keep: ReceiveDependencies["keep"]): ReceiveDependencies["keep"];
  spill(spill: Spill): Spill;
  steps(steps: StepDependencies): StepDependencies;
  sweep(sweep: ReturnType<typeof createSweep>): ReturnType<typeof createSweep>;
  sweepLedger(ledger: Ledger): Ledger;
  spilled(store: SpilledStore): SpilledStore;
  request(call: Call, request: WireRequest): WireRequest;
}

/** The product as it is. */
export const intact: Mutant = {
  keep: (keep) => keep,
  spill: (spill) => spill,
  steps: (steps) => steps,
  sweep: (sweep) => sweep,
  sweepLedger: (ledger) => ledger,
  spilled: (store) => store,
  request: (_, request) => request,
};

const withoutCondition =
  (table: "records" | "ledger"): Mutant["request"] =>
  (call, request) => {
    const { input } = call;
    if (call.service !== "DynamoDB" || !JSON.stringify(input).includes(`-${table}"`)) return request;
    const strip = (item: object) => {
      const { ConditionExpression: _, ExpressionAttributeValues: __, ...rest } = item as Record<string, unknown>;
      return rest;
    };
    if (call.operation === "PutItem") return withBody(request, strip(input));
    if (call.operation !== "TransactWriteItems") return request;
    const TransactItems = (input.TransactItems ?? []).flatMap((item): readonly object[] =>
      item.Put ? [{ Put: strip(item.Put) }] : item.Delete ? [item] : [],
    );
    return withBody(request, { ...input, TransactItems });
  };

export const mutants = {
  "the sweep removed": { ...intact, sweep: () => async () => {} },

  "acknowledging before the write": {
    ...intact,
    keep: (keep) => async (record) => {
      void keep(record).catch(() => {});
      return { kind: "recorded", recorded: "new" };
    },
  },

  "the condition dropped from the put": { ...intact, request: withoutCondition("records") },

  "the revision check dropped": { ...intact, request: withoutCondition("ledger") },

  "re-sending without a new epoch": {
    ...intact,
    sweepLedger: (ledger) => ({
      ...ledger,
      save: (progress, known, behind) => ledger.save({ ...progress, epoch: known?.epoch ?? progress.epoch }, known, behind),
    }),
  },

  "the line not looked at": {
    ...intact,
    steps: (steps) => ({ ...steps, ledger: { ...steps.ledger, firstInLine: async () => undefined } }),
  },

  "no delivery when the ledger says unchanged": {
    ...intact,
    steps: (steps) => {
      const unchanged = new Set<string>();
      return {
        ...steps,
        ledger: {
          ...steps.ledger,
          async progress(key) {
            const progress = await steps.ledger.progress(key);
            if (progress?.applied && progress.state === "applied") unchanged.add(key);
            return progress;
          },
        },
        deliver: async (order): Promise<Delivery> =>
          unchanged.delete(order.record.key) ? { kind: "delivered", answer: "unchanged" } : steps.deliver(order),
      };
    },
  },

  "settling before delivering": {
    ...intact,
    steps: (steps) => ({
      ...steps,
      async deliver(order) {
        const known = await steps.ledger.progress(order.record.key);
        if (known) await steps.ledger.save({ ...known, state: "delivered", inLine: false }, known);
        return steps.deliver(order);
      },
    }),
  },

  "dead letters not holding the line": {
    ...intact,
    steps: (steps) => ({
      ...steps,
      ledger: {
        ...steps.ledger,
        save: (progress, known, behind) =>
          steps.ledger.save(progress.state === "dead" ? { ...progress, inLine: false } : progress, known, behind),
      },
    }),
  },

  "followers not woken": {
    ...intact,
    steps: (steps) => ({
      ...steps,
      ledger: {
        ...steps.ledger,
        save(progress, known, behind) {
          if (known?.state === "waiting" && progress.state === "retrying") return Promise.resolve({ kind: "overtaken" });
          const { releasing: _, ...settled } = progress;
          return steps.ledger.save(progress.releasing ? settled : progress, known, behind);
        },
      },
    }),
  },

  "nothing spilled": {
    ...intact,
    spill: () => ({
      toQueue: async () => {
        throw new Error("there is no spill");
      },
      toBucket: async () => {
        throw new Error("there is no spill");
      },
    }),
  },

  "spilling into nowhere": { ...intact, spill: () => ({ toQueue: async () => {}, toBucket: async () => {} }) },

  "the spill emptied before it is recorded": {
    ...intact,
    spilled: (store) => {
      const emptied = async (some: readonly Spilled[]): Promise<readonly Spilled[]> => {
        await Promise.all(some.map(({ remove }) => remove()));
        return some.map(({ item }) => ({ item, remove: async () => {} }));
      };
      return { inQueue: async () => emptied(await store.inQueue()), inBucket: async (limit) => emptied(await store.inBucket(limit)) };
    },
  },
} satisfies Readonly<Record<string, Mutant>>;

export type MutantName = keyof typeof mutants;

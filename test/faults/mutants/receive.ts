/** Before and after the acknowledgement, broken. */

import { recordKey, unverifiedId } from "../../../core/record.ts";
import type { StoreOutcome } from "../../../functions/steps/receive/store-callback.ts";
import { gateways } from "../../../gateways/index.ts";
import type { Spilled } from "../../../io/fallback-store/spilled.ts";
import { intact, type Mutant } from "../run/mutant.ts";
import { secret } from "../sent/callbacks.ts";

export const acknowledgedBeforeTheWrite: Mutant = {
  ...intact,
  receive: (receive) => ({
    ...receive,
    store: async (record) => {
      void receive.store(record).catch(() => {});
      return { kind: "recorded", recorded: "new" };
    },
  }),
};

export const redeliveryRefused: Mutant = {
  ...intact,
  receive: (receive) => ({
    ...receive,
    async store(record): Promise<StoreOutcome> {
      const kept = await receive.store(record);
      return kept.kind === "recorded" && kept.recorded === "duplicate" ? { kind: "not stored", reason: "it is there already" } : kept;
    },
  }),
};

export const proofSkipped: Mutant = {
  ...intact,
  receive: (receive) => ({
    ...receive,
    verifier: {
      async verify(raw, gateway) {
        const proof = await receive.verifier.verify(raw, gateway);
        if (proof.kind !== "refused") return proof;
        const signed = gateways.sandbox.sign(raw.body, { secrets: [secret] }, raw.receivedAt);
        return receive.verifier.verify({ ...raw, headers: { ...raw.headers, ...signed?.headers } }, gateway);
      },
    },
  }),
};

const nowhere = async () => {
  throw new Error("there is no spill");
};

export const nothingSpilled: Mutant = { ...intact, spill: () => ({ toQueue: nowhere, toBucket: nowhere }) };

export const spilledIntoNowhere: Mutant = { ...intact, spill: () => ({ toQueue: async () => {}, toBucket: async () => {} }) };

export const spillEmptiedTooEarly: Mutant = {
  ...intact,
  spilled: (store) => {
    const emptied = async (some: readonly Spilled[]): Promise<readonly Spilled[]> => {
      await Promise.all(some.map(({ remove }) => remove()));
      return some.map(({ item, place }) => ({ item, place, remove: async () => {} }));
    };
    return {
      ...store,
      inBucket: async (limit, after) => emptied(await store.inBucket(limit, after)),
    };
  },
};

/** Its event source mapping deletes what it does not hand back. */
export const spillForgotten: Mutant = {
  ...intact,
  recover: (recover) => async (event, invocation) => {
    await recover(event, invocation);
    return { batchItemFailures: [] };
  },
};

/** As it was: what cannot be verified yet is known by its body alone. */
export const unverifiedKnownByBody: Mutant = {
  ...intact,
  receive: (receive) => ({
    ...receive,
    store: (record) =>
      receive.store(
        record.verification === "unverified" ? { ...record, key: recordKey(record.raw.source, unverifiedId(record.sha256)) } : record,
      ),
  }),
};

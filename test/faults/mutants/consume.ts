/** The steps after the acknowledgement, broken. */
import { can } from "../../../core/lifecycle/events.ts";
import { isIn, settledStates, untouched } from "../../../core/lifecycle/progress.ts";
import type { Delivery } from "../../../core/lifecycle/retry.ts";
import { deliver, followersWoken } from "../../../core/lifecycle/transitions/settling.ts";
import { apply, begin } from "../../../core/lifecycle/transitions/turn.ts";
import type { Ledger } from "../../../io/ledger/ledger.ts";
import { intact, type Mutant } from "../run/mutant.ts";

const withLedger = (change: (ledger: Ledger) => Partial<Ledger>): Mutant => ({
  ...intact,
  steps: (steps) => ({ ...steps, ledger: { ...steps.ledger, ...change(steps.ledger) } }),
});

export const lineNotLookedAt = withLedger(() => ({ firstInLine: async () => undefined }));

export const deadNotInLine = withLedger((ledger) => ({
  save: (progress, known, behind) => ledger.save(progress.state === "dead" ? { ...progress, inLine: false } : progress, known, behind),
}));

export const followersNotWoken = withLedger((ledger) => ({
  save(progress, known, behind) {
    if (known?.state === "waiting" && progress.state === "ready") return Promise.resolve({ kind: "overtaken" });
    return ledger.save(isIn(progress, settledStates) ? (followersWoken(progress) as typeof progress) : progress, known, behind);
  },
}));

export const attemptsLost = withLedger((ledger) => ({
  save: (progress, known, behind) => ledger.save(progress.state === "retrying" ? { ...progress, attempts: 0 } : progress, known, behind),
}));

/** As it was: what follows in the group is not handed out before the next attempt. */
export const retryInItsGroup: Mutant = {
  ...intact,
  steps: (steps) => ({
    ...steps,
    doorbells: {
      async ring(bells) {
        const known = await Promise.all(bells.map(({ key }) => steps.ledger.progress(key)));
        return steps.doorbells.ring(
          bells.map((bell, at) => (bell.notBefore === undefined ? bell : { ...bell, group: known[at]?.group ?? bell.group })),
        );
      },
    },
  }),
};

/** As `ApproximateReceiveCount` does: every time that the queue hands the doorbell over is an attempt. */
export const receivesCounted: Mutant = {
  ...intact,
  steps(steps) {
    const received = new Map<string, number>();
    const progress: Ledger["progress"] = async (key) => {
      const known = await steps.ledger.progress(key);
      if (!known) return undefined;
      const message = `${key} ${known.epoch}`;
      const before = received.get(message) ?? known.attempts;
      received.set(message, before + 1);
      return { ...known, attempts: before };
    };
    return { ...steps, ledger: { ...steps.ledger, progress } };
  },
};

export const ledgerAddsUp = withLedger((ledger) => ({
  commit: (progress, known, entries) =>
    ledger.commit(
      progress,
      known,
      known?.epoch ? entries.map((entry) => ({ ...entry, event: { ...entry.event, id: `${entry.event.id}, again` } })) : entries,
    ),
}));

export const ledgerNotTold = withLedger((ledger) => ({
  enter: async () => [],
  commit: (progress, known) => ledger.commit(progress, known, []),
}));

const unnamed = (entries: Parameters<Ledger["enter"]>[0]): Parameters<Ledger["enter"]>[0] =>
  entries.map(({ event: { charge: _, ...event }, ...entry }) => ({ ...entry, event }));

export const paymentsNotJoined = withLedger((ledger) => ({
  enter: (entries) => ledger.enter(unnamed(entries)),
  commit: (progress, known, entries) => ledger.commit(progress, known, entries),
  join: async () => [],
}));

export const unchangedNotDelivered: Mutant = {
  ...intact,
  steps(steps) {
    const unchanged = new Set<string>();
    const progress: Ledger["progress"] = async (key) => {
      const known = await steps.ledger.progress(key);
      if (known?.applied && known.state === "applied") unchanged.add(key);
      return known;
    };
    return {
      ...steps,
      ledger: { ...steps.ledger, progress },
      deliver: async (order): Promise<Delivery> =>
        unchanged.delete(order.record.key) ? { kind: "delivered", answer: "unchanged" } : steps.deliver(order),
    };
  },
};

export const settledBeforeDelivered: Mutant = {
  ...intact,
  steps: (steps) => ({
    ...steps,
    async deliver(order) {
      const known = await steps.ledger.progress(order.record.key);
      // A first turn has written no progress yet.
      const begun = known ?? apply(begin(untouched(order.record, 0), { contracts: [], types: [] }), 0);
      if (can("deliver", begun)) await steps.ledger.save(followersWoken(deliver(begun, "", 0)), known);
      return steps.deliver(order);
    },
  }),
};

export const parsedBytesDelivered: Mutant = {
  ...intact,
  steps: (steps) => ({
    ...steps,
    deliver({ record, ...order }) {
      const body = Buffer.from(JSON.stringify(JSON.parse(Buffer.from(record.raw.body).toString("utf8")), null, 1));
      return steps.deliver({ ...order, record: { ...record, raw: { ...record.raw, body } as typeof record.raw } });
    },
  }),
};

export const survivalNotNoted = withLedger((ledger) => ({
  save: (progress, known, behind) =>
    known?.turnsNotEnded !== undefined && progress.turnsNotEnded === undefined && progress.state === known.state
      ? Promise.resolve({ kind: "overtaken" })
      : ledger.save(progress, known, behind),
}));

export const turnNotNoted = withLedger((ledger) => ({
  save({ turnsNotEnded: _, ...progress }, known, behind) {
    return ledger.save(progress as typeof progress & Parameters<Ledger["save"]>[0], known, behind) as ReturnType<Ledger["save"]> as never;
  },
}));

export const noDeadLetter: Mutant = {
  ...intact,
  steps: (steps) => ({ ...steps, deadLetters: { ...steps.deadLetters, deadLetter: async () => {} } }),
};

/** As an answer of 400 was taken before ages were known. */
export const staleTakenForRefused: Mutant = {
  ...intact,
  steps: (steps) => ({
    ...steps,
    async deliver(order) {
      const delivery = await steps.deliver(order);
      if (delivery.kind !== "answered") return delivery;
      const { signature: _, ...answered } = delivery;
      return answered;
    },
  }),
};

/** As if all of a record's events were one. */
export const acceptedForgotten = withLedger((ledger) => ({
  save({ accepted: _, ...progress }, known, behind) {
    return ledger.save(progress as typeof progress & Parameters<Ledger["save"]>[0], known, behind) as ReturnType<Ledger["save"]> as never;
  },
}));

export const failedEventSkipped: Mutant = {
  ...intact,
  steps: (steps) => ({
    ...steps,
    deliver: (order) => steps.deliver({ ...order, events: order.attempt > 1 ? order.events.slice(1) : order.events }),
  }),
};

/** What a payment's own callback says changes nothing that was found of its contract. */
export const contractsNotLookedAt: Mutant = {
  ...intact,
  steps: (steps) => ({ ...steps, look: async (place) => ("line" in place && place.line.startsWith("charge-") ? [] : steps.look(place)) }),
};

/** As it was: an id that no key can be made of is none in the ledger either. */
const unbounded = (entries: Parameters<Ledger["enter"]>[0]): Parameters<Ledger["enter"]>[0] =>
  entries.map((entry) => (entry.contract.startsWith("sha256:") ? { ...entry, contract: "c".repeat(3_000) } : entry));

export const idsUnbounded = withLedger((ledger) => ({
  enter: (entries) => ledger.enter(unbounded(entries)),
  commit: (progress, known, entries) => ledger.commit(progress, known, unbounded(entries)),
}));

export const oneHoldForAll: Mutant = {
  ...intact,
  steps: (steps) => ({
    ...steps,
    holds: { ...steps.holds, recent: () => steps.holds.recent("app"), current: () => steps.holds.current("app") },
  }),
};

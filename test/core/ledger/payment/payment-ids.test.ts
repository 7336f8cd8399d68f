import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { paymentIds, paymentsOf } from "../../../../core/ledger/payment/payment-ids.ts";
import { paymentEvent } from "../../../support/samples.ts";

const about = (id: string, ...[charge, ...alsoKnownAs]: readonly string[]) =>
  paymentEvent({ id, ...(charge !== undefined && { charge }), ...(alsoKnownAs.length > 0 && { alsoKnownAs }) });

describe("the payments that events are about", () => {
  test("R-JOIN-1: are joined over any number of steps, and are none for events that name none", () => {
    const payments = paymentsOf([about("e1", "a", "b"), about("e2", "c", "d"), about("e3"), about("e4", "d", "b"), about("e5", "x")]);
    expect(payments.map(({ ids, events }) => [ids, events.map(({ id }) => id)])).toEqual([
      [
        ["a", "b", "c", "d"],
        ["e1", "e2", "e4"],
      ],
      [["x"], ["e5"]],
    ]);
  });

  test("are the same, whatever order the events are in", () => {
    const names = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e", "f"), { maxLength: 3 });
    const events = fc.array(names, { maxLength: 8 }).map((all) => all.map((some, at) => about(`e${at}`, ...some)));
    const shown = (all: readonly ReturnType<typeof about>[]) =>
      paymentsOf(all)
        .map((payment) => JSON.stringify([payment.ids, payment.events.map(({ id }) => id).toSorted()]))
        .toSorted();
    fc.assert(
      fc.property(
        events.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, shuffled]) => {
          expect(shown(shuffled)).toEqual(shown(all));
          const ids = paymentsOf(all).flatMap((payment) => payment.ids);
          expect(new Set(ids).size).toBe(ids.length);
        },
      ),
    );
  });

  test("of a chain of twenty thousand ids are one, from whichever end they come, and soon", () => {
    const chain = Array.from({ length: 20_000 }, (_, at) => about(`e${at}`, `id-${at}`, `id-${at + 1}`));
    for (const events of [chain, chain.toReversed()])
      expect(paymentsOf(events)).toMatchObject([{ ids: { length: 20_001 }, events: { length: 20_000 } }]);
  });

  test("go by their ids as the ledger has them: each once, and bounded", () => {
    expect(paymentIds({ charge: "a", alsoKnownAs: ["b", "a"] })).toEqual(["a", "b"]);
    expect(paymentIds({ alsoKnownAs: ["b"] })).toEqual(["b"]);
    expect(paymentIds({})).toEqual([]);
    expect(paymentIds({ charge: "a".repeat(3_000) })).toEqual([expect.stringMatching(/^sha256:/)]);
  });
});

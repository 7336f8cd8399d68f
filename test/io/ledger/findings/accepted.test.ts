import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { type Entry, entriesOf } from "../../../../core/ledger/entry.ts";
import { untouched } from "../../../../core/lifecycle/progress.ts";
import type { RecordKey } from "../../../../core/record.ts";
import { acceptedIn } from "../../../../io/ledger/findings/accepted.ts";
import { noon, paymentEvent } from "../../../support/samples.ts";

const payments = (count: number, contract = "sub_1"): readonly Entry[] =>
  Array.from({ length: count }, (_, at) => {
    const id = `${contract}_${String(at).padStart(4, "0")}`;
    return entriesOf(`sandbox/${id}`, "sandbox", [paymentEvent({ id, contract, charge: id, occurredAt: noon + at })]);
  }).flat();

/** Asks for what is accepted, and says how it was read. */
const ask = async (events: readonly Entry[], accepted: readonly RecordKey[]) => {
  let [reads, reading, most] = [0, 0, 0];
  const found = await acceptedIn(
    {
      async progress(key) {
        reads++;
        most = Math.max(most, ++reading);
        await setImmediate();
        reading--;
        return accepted.includes(key) ? { ...untouched({ key, storedAt: noon }, noon), acceptedBefore: "204" } : undefined;
      },
    },
    { events },
    () => true,
  );
  return { found: [...found], reads, most };
};

test("of a contract's payments the first that was accepted is enough, and is read alone", async () => {
  expect(await ask(payments(500), ["sandbox/sub_1_0000", "sandbox/sub_1_0001"])).toEqual({
    found: ["sandbox/sub_1_0000"],
    reads: 1,
    most: 1,
  });
});

test("where most were not, they are read a few at a time, and the first that was is found", async () => {
  const { found, reads, most } = await ask(payments(500), ["sandbox/sub_1_0030", "sandbox/sub_1_0031", "sandbox/sub_1_0400"]);
  expect(found).toEqual(["sandbox/sub_1_0030"]);
  expect(reads).toBeLessThan(60);
  expect(most).toBe(16);
});

test("where none was, all are read, never too many at once", async () => {
  const events = Array.from({ length: 20 }, (_, at) => payments(40, `sub_${at}`)).flat();
  const { found, reads, most } = await ask(events.toReversed(), []);
  expect([found, reads]).toEqual([[], 800]);
  expect(most).toBeLessThanOrEqual(256);
});

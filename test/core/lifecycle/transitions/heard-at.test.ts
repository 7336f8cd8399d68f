import { expect, test } from "vitest";
import { apply, begin } from "../../../../core/lifecycle/transitions/turn.ts";
import { noon, progressOf } from "../../../support/samples.ts";

const nothingRead = { contracts: [], types: [] };

test("when the ledger was first told stays as it is when a record is read again", () => {
  const first = apply(begin(progressOf("sandbox/evt_1"), nothingRead), noon);
  expect(first.heardAt).toBe(noon);
  const replayed = progressOf("sandbox/evt_1", { state: "ready", heardAt: noon });
  expect(apply(begin(replayed, nothingRead), noon + 60_000).heardAt).toBe(noon);
});

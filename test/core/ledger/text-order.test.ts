import { expect, test } from "vitest";
import { compareText } from "../../../core/ledger/text-order.ts";

test("texts have one order everywhere: by their characters' numbers, and not as a language would sort them", () => {
  const ordered = ["", "A", "Z", "a", "a1", "a10", "a2", "é", "注"];
  for (const [at, one] of ordered.entries())
    expect(ordered.map((other) => compareText(one, other))).toEqual(ordered.map((_, index) => Math.sign(at - index)));
});

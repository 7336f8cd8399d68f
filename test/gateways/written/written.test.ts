/** The simulator's callbacks, to the byte: what a rehearsal shows is what was recorded and read. */
import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { gateways } from "../../../gateways/index.ts";
import { fileOf, signed, written } from "./record.ts";

test.each(Object.keys(gateways).filter((name) => existsSync(fileOf(name))))("%s is written and signed as it was recorded", (name) => {
  expect(`${written(name)}\n${signed(name)}`).toBe(readFileSync(fileOf(name), "utf8"));
});

import { expect, test } from "vitest";
import { lazy } from "../../../functions/shell/lazy-metrics.ts";

test("what cannot be loaded, or fails, costs no answer, and is retried with the next line", async () => {
  const said: string[] = [];
  let loads = 0;
  const say = lazy<[string]>(async () => {
    if (++loads === 1) throw new Error("no file handle was free");
    return (text) => {
      if (text === "second") throw new Error("standard output is gone");
      said.push(text);
    };
  });
  for (const text of ["first", "second", "third", "fourth"]) await say(text);
  expect(said).toEqual(["third", "fourth"]);
  expect(loads).toBe(3);
});

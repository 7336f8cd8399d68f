import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkMapping } from "../../core/mapping/check-mapping.ts";
import { exportKinds } from "../../gateways/registry/export-kinds.ts";

const page = readFileSync(new URL("../../docs/exports.md", import.meta.url), "utf8");

test("docs/exports.md lists every kind of export, and no other", () => {
  const listed = [...page.matchAll(/^\| `([a-z][a-z-]+)` \|/gm)].map(([, name]) => name);
  for (const { name } of exportKinds) expect(listed).toContain(name);
  expect(listed.filter((name) => name?.includes("-")).toSorted()).toEqual(exportKinds.map(({ name }) => name).toSorted());
});

test("its example of a mapping is one", () => {
  const [, example = ""] = /```json\n([\s\S]+?)```/.exec(page) ?? [];
  expect(checkMapping(JSON.parse(example)).kind).toBe("mapping");
});

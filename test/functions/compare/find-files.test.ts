import { expect, test } from "vitest";
import { findFiles } from "../../../functions/steps/compare/find-files.ts";

test("of a folder only the file that was put last has all of them compared; of two at the same moment one", async () => {
  const putAt = new Map([
    ["exports/s/10/a", 9],
    ["exports/s/10/b", 5],
    ["exports/s/10/c", 9],
  ]);
  const look = async (key: string) => ({ key, etag: "e", bytes: 1, putAt: putAt.get(key) ?? 0, said: {} });
  const exports = { look, inFolder: async () => ({ keys: [...putAt.keys()], isCut: false }) } as unknown as Parameters<
    typeof findFiles
  >[0]["exports"];
  const place = { kind: "folder", source: "s", name: "10", prefix: "exports/s/10/" } as const;
  const found = await Promise.all([...putAt.keys()].map((key) => findFiles({ exports }, { key, etag: "e" }, place)));
  expect(found.map(({ kind }) => kind)).toEqual(["superseded", "superseded", "found"]);
});

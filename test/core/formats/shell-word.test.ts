import { execFileSync } from "node:child_process";
import fc from "fast-check";
import { expect, test } from "vitest";
import { shellCommand, shellWord } from "../../../core/formats/shell-word.ts";

test("a real shell reads a word literally, whatever is in it", () => {
  const nasty = fc.oneof(
    // A shell's words end at NUL, and no argument can contain one.
    fc.string({ unit: "binary" }).map((text) => text.replaceAll("\0", "")),
    fc
      .array(fc.constantFrom("'", '"', "$(id)", "`id`", ";", "&", "|", "\\", "\n", " ", "*", "~", "!", "#", "-n", "a"), { maxLength: 6 })
      .map((some) => some.join("")),
  );
  const words = fc.sample(nasty, 400);
  const said = execFileSync("sh", ["-c", `printf '%s\\0' ${shellCommand(words)}`], { encoding: "utf8" });
  expect(said.split("\0").slice(0, -1)).toEqual(words);
});

test("a word that needs no quotes has none, and an empty one is not lost", () => {
  for (const word of ["sandbox/evt_1", "2026-11-20T12:00:00Z", "a@b.example", "--why=x"]) expect(shellWord(word)).toBe(word);
  expect(shellWord("")).toBe("''");
  expect(shellCommand(["npx", "holdfast", "show", "sandbox/it's"])).toBe("npx holdfast show 'sandbox/it'\\''s'");
});

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { createCompiler } from "./compiler.ts";
import { apply, type Kind, mutantsOf } from "./mutant.ts";
import { editsOf } from "./mutations/index.ts";
import { regexChanges } from "./mutations/regex.ts";

const folder = mkdtempSync(join(tmpdir(), "holdfast-mutants-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: { strict: true, module: "nodenext" } }));

/** What becomes of one line of code. */
const changes = (source: string, kind: Kind): string[] => {
  const path = "line.ts";
  writeFileSync(join(folder, path), source);
  const compiler = createCompiler(folder, [path]);
  try {
    return mutantsOf(path, source, editsOf(compiler.parse(path)))
      .filter((mutant) => mutant.kind === kind)
      .map((mutant) => apply(source, mutant));
  } finally {
    compiler.close();
  }
};

describe("a change of one line", () => {
  test.each<[Kind, string, string[]]>([
    ["row", "f([1, 2]);", ["f([2]);", "f([1]);"]],
    ["row", "f({ a, ...(b && { c }) });", ["f({ ...(b && { c }) });", "f({ a });", "f({ a, ...(b && {  }) });"]],
    ["swap", 'f({ a: "x", b: "y" });', ['f({ a: "y", b: "y" });', 'f({ a: "x", b: "x" });']],
    ["swap", 'f([["a", b], ["c", d]]);', ['f([["a", d], ["c", d]]);', 'f([["a", b], ["c", b]]);']],
    ["string", 'f("a", "");', ['f("", "");', 'f("a", "~");']],
    ["string", `f(\`a\${b}:\${c}d\`);`, [`f(\`\${b}:\${c}d\`);`, `f(\`a\${b}\${c}d\`);`, `f(\`a\${b}:\${c}\`);`]],
    ["number", "f(5, 0);", ["f(6, 0);", "f(4, 0);", "f(5, 1);"]],
    ["boolean", "f(true);", ["f(false);"]],
    ["condition", "if (a) f();", ["if (!(a)) f();"]],
    ["condition", "f(!a ? b : c);", ["f(a ? b : c);"]],
    ["logic", "f(a && b);", ["f(b);", "f(a);", "f(a || b);"]],
    ["logic", "f(a ?? b);", ["f(b);", "f(a);"]],
    ["comparison", "f(a <= b);", ["f(a < b);"]],
    ["arithmetic", "f(a + b);", ["f(a - b);"]],
    ["call", "f(a.trim().startsWith(b));", ["f(a.startsWith(b));", "f(a.trim().endsWith(b));"]],
    ["statement", "function g() { f(); return 1; }", ["function g() {  return 1; }", "function g() { f();  }"]],
  ])("(%s) of %s", (kind, source, expected) => {
    expect(changes(source, kind).sort()).toEqual(expected.sort());
  });

  test.each([
    ["a type", 'type A = "a" | 1;'],
    ["an import", 'import { a } from "a";'],
    ["what an error says", 'const a = () => { throw new TypeError("sentence"); };'],
    ["a member's name", 'const a = { "a": b };'],
  ])("leaves alone the words of %s", (_, source) => {
    for (const kind of ["string", "number"] as const) expect(changes(source, kind)).toEqual([]);
  });

  test("is described by what changed and a little around it, so that two changes of a long line differ", () => {
    const long = `/^${"a".repeat(100)}\\d${"b".repeat(100)}\\d$/`;
    const edits = regexChanges(long).map((text) => ({ kind: "regex" as const, start: 0, end: long.length, text }));
    const described = mutantsOf("line.ts", long, edits).map(({ mutation }) => mutation);
    expect(described).toHaveLength(4);
    expect(new Set(described).size).toBe(4);
    expect(described).toContain(`…${"a".repeat(15)}\\d${"b".repeat(16)}… -> …${"a".repeat(15)}\\D${"b".repeat(16)}…`);
  });

  test.each([
    ["/^a$/", ["/a$/", "/^a/"]],
    ["/[^a]\\d/g", ["/[a]\\d/g", "/[^a]\\D/g", "/[^a]\\d/"]],
    ["/(?:a)?{2,3}/", ["/(?:a){2,3}/", "/(?:a)?{3,3}/", "/(?:a)?{2,4}/"]],
    ["/\\^\\[[$*]/", []],
  ])("of the expression %s drops or turns one part", (literal, expected) => {
    expect(regexChanges(literal).sort()).toEqual(expected.sort());
  });
});

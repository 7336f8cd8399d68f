/** The cases of all gateways that have exports, from the files of this folder. */
import { existsSync } from "node:fs";
import { exportKinds } from "../../../gateways/registry/export-kinds.ts";
import type { ExportCase, ExportCases } from "./case.ts";

const names = [...new Set(exportKinds.map(({ gateway }) => gateway))];

export const given: readonly (readonly [gateway: string, cases: ExportCases])[] = await Promise.all(
  names
    .filter((name) => existsSync(new URL(`${name}.ts`, import.meta.url)))
    .map(async (name) => [name, ((await import(`./${name}.ts`)) as { readonly cases: ExportCases }).cases] as const),
);

/** Of one gateway, as rows of a test. */
export const rowsOf = (cases: ExportCases): readonly (readonly [kind: string, one: ExportCase])[] => Object.entries(cases);

export const caseOf = (kind: string): ExportCase => {
  const found = given.flatMap(([, cases]) => cases[kind] ?? []);
  if (!found[0]) throw new Error(`no case is of the kind ${kind}`);
  return found[0];
};

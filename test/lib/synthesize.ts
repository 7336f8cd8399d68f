/** The construct in a stack of its own, synthesized as `bin/app.ts` does it, for tests to look at. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import type { Config } from "../../core/config/config.ts";
import { Holdfast, type HoldfastProps } from "../../lib/index.ts";

export const root = join(import.meta.dirname, "..", "..");

const scratch = mkdtempSync(join(tmpdir(), "holdfast-lib-"));
// At the end of the process, because the files that a worker runs one after another may share this module.
process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));

/** An empty one of its own, removed with the process. */
export const temporaryDirectory = (): string => mkdtempSync(join(scratch, "d"));

export const config: Config = {
  name: "shop",
  alarms: { email: "operators@example.com" },
  targets: {
    app: { kind: "http", url: "https://app.example.com/webhooks", mode: "pass-through" },
    books: { kind: "http", url: "https://books.example.com/payments", mode: "signed" },
  },
  sources: { first: { gateway: "sandbox", target: "app" }, second: { gateway: "sandbox", target: "books" } },
};

/** For an app that a test runs as a program of its own: CDK's validation of templates would take ten seconds in each. `validation.test.ts` is for that. */
export const unvalidated = { CDK_VALIDATION: "false" } as const;

/** An app with the feature flags of this project, and its output where nobody else's is. Its templates are validated only where that is asked for. */
export const makeApp = ({ isValidated = false }: { readonly isValidated?: boolean } = {}): App =>
  new App({
    outdir: temporaryDirectory(),
    postCliContext: JSON.parse(readFileSync(join(root, "cdk.json"), "utf8")).context,
    builtinCloudFormationValidation: isValidated,
  });

export const synthesize = (props: HoldfastProps = config) => {
  const app = makeApp();
  const stack = new Stack(app, "Shop");
  const holdfast = new Holdfast(stack, "Holdfast", props);
  return { app, stack, holdfast, template: Template.fromStack(stack) };
};

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
}

/** The resources of a template of that type, or of all types that begin with it when it ends in `::`. */
export const resourcesOf = (template: Template, type: string): readonly (Resource & { readonly logicalId: string })[] =>
  Object.entries(template.toJSON().Resources as Readonly<Record<string, Resource>>)
    .filter(([, { Type }]) => Type === type || (type.endsWith("::") && Type.startsWith(type)))
    .map(([logicalId, resource]) => ({ logicalId, ...resource }));

/** A value of the template as a person reads it: references become the physical name of what they refer to. */
export const plain = (template: Template, value: unknown): string => {
  if (typeof value !== "object" || value === null) return String(value);
  const [intrinsic, argument] = Object.entries(value)[0] ?? [];
  if (intrinsic === "Ref") return nameOf(template, String(argument));
  if (intrinsic === "Fn::GetAtt" && Array.isArray(argument)) {
    const [logicalId, attribute] = argument;
    return `${nameOf(template, logicalId)}${attribute === "Arn" ? "" : `.${attribute}`}`;
  }
  if (intrinsic === "Fn::Join" && Array.isArray(argument)) return argument[1].map((one: unknown) => plain(template, one)).join(argument[0]);
  return JSON.stringify(value);
};

const nameOf = (template: Template, logicalId: string): string => {
  const { Properties = {} } = (template.toJSON().Resources[logicalId] ?? {}) as Partial<Resource>;
  const name = Object.entries(Properties).find(([property]) => /^(Table|Queue|Bucket|Function|LogGroup|Topic)?Name$/.test(property))?.[1];
  return name === undefined ? logicalId : plain(template, name);
};

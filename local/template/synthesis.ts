/** Runs the CDK app and reads what it synthesized: the same template and assets that a deployment would take. */
import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { isAbsolute, join } from "node:path";
import { promisify } from "node:util";
import { Failure } from "../../core/failure.ts";
import { at, textAt } from "../../core/formats/json.ts";
import { accountId, region } from "../account.ts";

export interface Resource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface Assembly {
  readonly resources: readonly Resource[];
  /** The directory that is uploaded under that key of the asset bucket. */
  assetDirectory(objectKey: string): string;
}

/**
 * Runs the app with its output in `outdir`. What it says on standard error reaches the caller as a Failure without the
 * stack trace, because there it is nearly always the configuration that is wrong.
 */
export const synthesize = async (
  app: readonly string[],
  outdir: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<Assembly> => {
  const [program = process.execPath, ...args] = app;
  try {
    await promisify(execFile)(program, args, {
      env: {
        ...process.env,
        CDK_OUTDIR: outdir,
        CDK_DEFAULT_ACCOUNT: accountId,
        CDK_DEFAULT_REGION: region,
        // Whether CloudFormation would take the template is asked before a deployment; asking takes longer than all the rest of a synthesis.
        CDK_VALIDATION: "false",
        ...environment,
      },
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch (error) {
    const said = (error as { stderr?: unknown }).stderr;
    throw new Failure(withoutStackTrace(typeof said === "string" && said.trim() ? said : String(error)));
  }
  return readAssembly(outdir);
};

export const readAssembly = (outdir: string): Assembly => {
  const manifest = readJson(join(outdir, "manifest.json"));
  const artifacts = Object.entries(record(at(manifest, "artifacts"))).filter(
    ([, one]) => textAt(one, "type") === "aws:cloudformation:stack",
  );
  const [artifact, ...others] = artifacts;
  if (!artifact) throw new Failure(`The app synthesized no stack into ${outdir}.`);
  if (others.length > 0)
    throw new Failure(`The app has ${artifacts.length} stacks (${artifacts.map(([id]) => id).join(", ")}); the local stack plays one.`);
  const templateFile = textAt(artifact[1], "properties", "templateFile") ?? `${artifact[0]}.template.json`;
  const template = readJson(join(outdir, templateFile));
  const assets = readAssets(outdir, manifest);
  return {
    resources: Object.entries(record(at(template, "Resources"))).map(([logicalId, one]) => ({
      logicalId,
      type: textAt(one, "Type") ?? "",
      properties: record(at(one, "Properties")),
    })),
    assetDirectory: (objectKey) => {
      const directory = assets.get(objectKey);
      if (directory === undefined) throw new Failure(`The template names an asset ${objectKey} that the app did not synthesize.`);
      return directory;
    },
  };
};

/** Directories by the key they are uploaded under. */
const readAssets = (outdir: string, manifest: unknown): ReadonlyMap<string, string> => {
  const assets = new Map<string, string>();
  for (const artifact of Object.values(record(at(manifest, "artifacts")))) {
    const file = textAt(artifact, "properties", "file");
    if (textAt(artifact, "type") !== "cdk:asset-manifest" || !file) continue;
    for (const asset of Object.values(record(at(readJson(join(outdir, file)), "files")))) {
      const path = textAt(asset, "source", "path");
      if (!path) continue;
      for (const destination of Object.values(record(at(asset, "destinations")))) {
        const key = textAt(destination, "objectKey");
        if (key) assets.set(key, isAbsolute(path) ? path : join(outdir, path));
      }
    }
  }
  return assets;
};

/** What a person needs from an uncaught error: its message, without the source line, the frames, its fields and the runtime's version. */
export const withoutStackTrace = (stderr: string): string => {
  const lines = stderr.split("\n");
  const first = lines.findIndex((line) => /^(Uncaught )?\w*(Error|Failure)( \[\w+\])?: /.test(line));
  if (first < 0) return stderr.trim();
  const frame = lines.findIndex((line, index) => index > first && /^\s+at /.test(line));
  return lines
    .slice(first, frame < 0 ? undefined : frame)
    .join("\n")
    .replace(/^(Uncaught )?(Error|Failure): /, "")
    .trim();
};

const readJson = (file: string): unknown => JSON.parse(readFileSync(file, "utf8"));

const record = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};

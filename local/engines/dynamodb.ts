/** The DynamoDB engine: dynoxide, DynamoDB with streams on SQLite in one binary. Data in `.holdfast/dynamodb.db`. */
import { accessSync, constants } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { errorMessage, Failure } from "../../core/failure.ts";
import type { Say } from "../log.ts";
import { type Engine, startEngine } from "./engine.ts";
import { freePort, loopback } from "./ports.ts";

export const startDynamoDb = async (home: string, say: Say): Promise<Engine> => {
  const port = await freePort();
  const file = join(home, "dynamodb.db");
  return startEngine({
    say,
    title: "The DynamoDB engine",
    command: [findDynoxide(), "serve", "--host", loopback, "--port", String(port), "--db-path", file],
    endpoint: `http://${loopback}:${port}`,
    log: join(home, "logs", "dynamodb.log"),
    pidFile: join(home, "dynamodb.pid"),
    settle: () => indexStream(file),
  });
};

/**
 * dynoxide (1.2.1) numbers each stream record by the highest number so far, and looks for it, and for what a reader has
 * not seen yet, by reading all records of the stream: every write becomes slower than the one before. With this index
 * both are one step; measured, ten times the writes after ten thousand records. Without it only speed is lost, so a
 * failure (another version's schema) is ignored.
 */
const indexStream = (file: string): void => {
  const database = new DatabaseSync(file, { timeout: 5_000 });
  try {
    database.exec("CREATE INDEX IF NOT EXISTS holdfast_stream ON _stream_records(table_name, CAST(sequence_number AS INTEGER))");
  } catch (error) {
    process.emitWarning(`the DynamoDB engine runs without its index: ${errorMessage(error)}`);
  } finally {
    database.close();
  }
};

/** The binary: from its npm package, which comes as an optional dependency, or from the PATH. */
const findDynoxide = (): string => {
  const program = process.platform === "win32" ? "dynoxide.exe" : "dynoxide";
  const directories = [packageDirectory(`@dynoxide/${process.platform}-${process.arch}`), ...(process.env.PATH ?? "").split(delimiter)];
  for (const directory of directories) if (directory && isExecutable(join(directory, program))) return join(directory, program);
  throw new Failure(
    `No DynamoDB engine for ${process.platform}-${process.arch}: put dynoxide on the PATH (brew install nubo-db/tap/dynoxide, ` +
      "cargo install dynoxide-rs, or a release from github.com/nubo-db/dynoxide), or point AWS_ENDPOINT_URL_DYNAMODB at any " +
      "DynamoDB-compatible engine with streams.",
  );
};

const packageDirectory = (name: string): string | undefined => {
  try {
    return join(createRequire(import.meta.url).resolve(`${name}/package.json`), "..");
  } catch {
    return undefined;
  }
};

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

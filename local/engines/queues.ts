/** The SQS and S3 engine: fauxqs, on SQLite. Data in `.holdfast/queues/`. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import type { Say } from "../log.ts";
import { siblingModule } from "../sibling.ts";
import { type Engine, startEngine } from "./engine.ts";
import { freePort, loopback } from "./ports.ts";

export const startQueues = async (home: string, say: Say): Promise<Engine> => {
  const port = await freePort();
  const directory = join(home, "queues");
  return startEngine({
    say,
    title: "The SQS and S3 engine",
    command: [process.execPath, fileURLToPath(siblingModule(import.meta.url, "queue-engine")), String(port), home, directory],
    endpoint: `http://${loopback}:${port}`,
    log: join(home, "logs", "queues.log"),
    pidFile: join(home, "queues.pid"),
    prepare: () => releaseReceived(join(directory, "fauxqs.db")),
  });
};

/**
 * The receiver of a message ended with the previous run, so nobody works on it; yet it, and its whole group, would
 * stay hidden for the rest of its visibility time, which is minutes. A wait between two attempts is cut short as well:
 * an attempt that comes early does no harm.
 */
const releaseReceived = (file: string): void => {
  if (!existsSync(file)) return;
  const database = new DatabaseSync(file, { timeout: 5_000 });
  try {
    database.exec("UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE receipt_handle IS NOT NULL");
  } finally {
    database.close();
  }
};

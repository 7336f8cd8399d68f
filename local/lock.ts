/**
 * One stack per directory. The lock is SQLite's own on a file: the system drops it when its holder dies, also by kill -9,
 * so that there is no stale lock to clean up and no process id that may have been reused.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

interface Lock {
  release(): void;
}

/** @returns undefined when another process, or this one, holds the lock. */
export const acquireLock = (home: string): Lock | undefined => {
  // For its owner only: it holds callbacks.
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(join(home, "lock"), { timeout: 0 });
  try {
    database.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    database.close();
    if (error instanceof Error && error.message.includes("locked")) return undefined;
    throw error;
  }
  return { release: () => database.close() };
};

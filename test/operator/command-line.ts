/** An operator's connection over a test's world: the commands as they run in a terminal, with what they print caught. */

import picocolors from "picocolors";
import { findGateway } from "../../gateways/index.ts";
import type { Connection } from "../../operator/connect/connect.ts";
import { openQueues, openStores } from "../../operator/connect/stores.ts";
import type { Terminal } from "../../operator/terminal/terminal.ts";
import type { World } from "../support/world/world.ts";

export interface Caught {
  readonly terminal: Terminal;
  /** Standard output. */
  text(): string;
  bytes(): Buffer;
  json(): unknown;
  /** Standard error. */
  readonly said: readonly string[];
  interrupt(): void;
}

export const catchOutput = (changes: Partial<Terminal> = {}): Caught => {
  const chunks: Buffer[] = [];
  const said: string[] = [];
  let interrupted = () => {};
  const bytes = () => Buffer.concat(chunks);
  return {
    terminal: {
      json: false,
      width: undefined,
      colours: picocolors.createColors(false),
      interactive: false,
      print: async (data) => void chunks.push(Buffer.from(data)),
      say: (line) => void said.push(line),
      ask: async () => "",
      onInterrupt: (end) => {
        interrupted = end;
        return () => {};
      },
      ...changes,
    },
    bytes,
    text: () => bytes().toString(),
    json: () => JSON.parse(bytes().toString()),
    said,
    interrupt: () => interrupted(),
  };
};

export const connectionTo = (world: World): Connection => {
  const { aws, config } = world;
  const urls = { doorbells: aws.queueUrl, deadLetters: aws.deadLetterQueueUrl, spill: aws.spillQueueUrl };
  return {
    ...openStores({ config, recordsTable: aws.recordsTable, ledgerTable: aws.ledgerTable, clock: world.clock }),
    queues: () => openQueues(async (queue) => urls[queue]),
    secrets: async () => world.secrets,
    gateways: async () => findGateway,
    command: (...words) => ["npx", "holdfast", ...words].join(" "),
  };
};

/** Runs a command that prints JSON and gives what it printed. */
export const asJson = async (run: (terminal: Terminal) => Promise<number>): Promise<{ readonly exit: number; readonly value: unknown }> => {
  const caught = catchOutput({ json: true });
  const exit = await run(caught.terminal);
  return { exit, value: caught.json() };
};

/**
 * An engine (DynamoDB, SQS and S3) as a child process: dies with us, also when we are killed with -9; comes back on the
 * same port with the same data when it is killed itself.
 */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { promisify } from "node:util";
import { Failure } from "../../core/failure.ts";
import type { Say } from "../log.ts";
import { backoffMs, pause, until } from "../wait.ts";

export interface Engine {
  readonly endpoint: string;
  /** The engine's own process, undefined while it is being started again. */
  pid(): number | undefined;
  stop(): Promise<void>;
}

interface EngineProgram {
  /** For people: "the DynamoDB engine". */
  readonly title: string;
  readonly command: readonly [program: string, ...args: string[]];
  readonly endpoint: string;
  /** Where its output goes. */
  readonly log: string;
  /** Where its process id is kept, so that the next start can end one that outlived us anyway. */
  readonly pidFile: string;
  /** Called once, before the first start and after a leftover has ended. */
  readonly prepare?: () => void;
  /** Called after each start, once it answers. */
  readonly settle?: () => void;
  readonly say: Say;
}

/** The longest a first start may take, on a slow and busy machine. */
const startWithinMs = 20_000;

export const startEngine = async (program: EngineProgram): Promise<Engine> => {
  await endLeftover(program);
  program.prepare?.();
  let child: ChildProcess | undefined;
  let ready = false;
  let everReady = false;
  let stopping = false;
  let failures = 0;

  const launch = (): void => {
    const started = spawnGuarded(program);
    child = started;
    if (started.pid) writeFileSync(program.pidFile, String(started.pid));
    const ended = () => {
      if (child !== started) return;
      started.stdin?.destroy();
      child = undefined;
      ready = false;
      failures++;
      if (stopping) return;
      if (everReady) program.say(`${program.title} has ended and is started again.`);
      void pause(backoffMs(failures)).then(() => !stopping && launch());
    };
    started.once("exit", ended);
    started.once("error", ended);
    void until(async () => child !== started || (await answers(program.endpoint)), startWithinMs).then((answered) => {
      if (child !== started || !answered) return;
      ready = true;
      everReady = true;
      failures = 0;
      program.settle?.();
    });
  };
  const stop = async (): Promise<void> => {
    stopping = true;
    const running = child;
    running?.kill("SIGTERM");
    if (!(await until(() => child === undefined, 2_000))) running?.kill("SIGKILL");
    await until(() => child === undefined, 2_000);
    rmSync(program.pidFile, { force: true });
  };

  launch();
  await until(() => ready || failures >= 3, startWithinMs);
  if (!ready) {
    await stop();
    throw new Failure(`${program.title} does not start: ${lastLine(program.log)} (more in ${program.log})`);
  }
  return { endpoint: program.endpoint, pid: () => child?.pid, stop };
};

/**
 * `exec` makes the engine the process we spawned, with its process id; a watcher beside it reads from a pipe that only we
 * hold open. When we end, however that happens, the read ends and the watcher kills the engine.
 */
const guard = 'exec 3<&0; (cat <&3 >/dev/null 2>&1; kill -9 $$ 2>/dev/null) & exec "$@" </dev/null 3<&-';

const spawnGuarded = ({ command, log }: EngineProgram): ChildProcess => {
  const output = openSync(log, "a");
  try {
    // Detached, so that Ctrl-C in a terminal reaches only us, and what is in flight can finish before the engines stop.
    return spawn("sh", ["-c", guard, "sh", ...command], { stdio: ["pipe", output, output], detached: true });
  } finally {
    closeSync(output);
  }
};

/** Ends an engine that an earlier start left behind, when the process of that id is still that program on these arguments. */
const endLeftover = async ({ pidFile, command }: EngineProgram): Promise<void> => {
  const pid = Number(readIfThere(pidFile));
  if (!Number.isSafeInteger(pid) || pid <= 0) return;
  const running = () =>
    promisify(execFile)("ps", ["-o", "command=", "-p", String(pid)]).then(
      ({ stdout }) => stdout.includes(command.at(-1) ?? command[0]),
      () => false,
    );
  if (!(await running())) return;
  process.kill(pid, "SIGKILL");
  await until(async () => !(await running()), 5_000);
};

/** Any answer will do: the question is whether something listens and speaks HTTP. */
const answers = (endpoint: string): Promise<boolean> =>
  fetch(endpoint, { signal: AbortSignal.timeout(1_000) }).then(
    async (response) => {
      await response.body?.cancel();
      return true;
    },
    () => false,
  );

const lastLine = (file: string): string => readIfThere(file)?.trim().split("\n").at(-1)?.trim() || "it ended without a message";

const readIfThere = (file: string): string | undefined => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
};

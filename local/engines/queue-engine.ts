/**
 * The program of the SQS and S3 engine: fauxqs (2.4.1) in a process of its own, `queue-engine.ts PORT HOME DIRECTORY`. It lives by the
 * clock of the stack in HOME, if that has one: what is hidden until then becomes visible when that clock says so.
 * Two of its behaviours do not suit us and are changed here, before it starts.
 */
import { Server } from "node:net";
import { DatabaseSync } from "node:sqlite";
import { startFauxqs } from "fauxqs";
import { readClockFile } from "../../operator/connect/clock-file.ts";
import { replaceDate } from "../clock/realm.ts";
import { loopback } from "./ports.ts";

// It listens on every interface. Payment data belongs to this machine alone, not to the network of the café it is used in.
const listen = Server.prototype.listen;
Object.assign(Server.prototype, {
  listen(this: Server, options: object, ...rest: []) {
    return listen.call(this, { ...options, host: loopback }, ...rest);
  },
});

// A visibility of 0 makes it store a receive count of NULL, which its own schema forbids: the call fails half-way, and
// the message is gone until the next start. Without that constraint the call succeeds and the message is there.
const exec = DatabaseSync.prototype.exec;
Object.assign(DatabaseSync.prototype, {
  exec(this: DatabaseSync, sql: string) {
    return exec.call(
      this,
      sql.replace("approximate_receive_count INTEGER NOT NULL DEFAULT 0", "approximate_receive_count INTEGER DEFAULT 0"),
    );
  },
});

const [port, home, dataDir] = process.argv.slice(2);
if (!port || !home || !dataDir) throw new Error("usage: queue-engine PORT HOME DIRECTORY");
if (readClockFile(home)) replaceDate(() => readClockFile(home)?.aheadMs ?? 0);
await startFauxqs({ port: Number(port), dataDir, logger: false });

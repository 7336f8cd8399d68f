import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openClock } from "../../../local/clock/clock.ts";
import { clockFile, clockOf, readClockFile, writeClockFile } from "../../../operator/connect/clock-file.ts";
import { newDirectory } from "../tiny-stack.ts";

const [start, minute, day] = [Date.UTC(2016, 10, 1), 60_000, 86_400_000];
const machine = () => Date.UTC(2026, 10, 20, 12);

describe("a stack's clock", () => {
  test("is the machine's unless somebody says otherwise", () => {
    expect(openClock(newDirectory(), undefined, machine).now()).toBe(machine());
  });

  test("starts at any moment with a new stack, and goes on from there after a restart", async () => {
    const home = newDirectory();
    const clock = openClock(home, start, machine);
    expect([clock.now(), clockOf(home, machine)()]).toEqual([start, start]);
    await clock.set(start + day);
    expect([clock.now(), clockOf(home, machine)()]).toEqual([start + day, start + day]);
    expect(openClock(home, undefined, () => machine() + minute).now()).toBe(start + day + minute);
  });

  test("can be started later than it was, and never earlier", () => {
    const home = newDirectory();
    openClock(home, start, machine);
    expect(openClock(home, start + day, machine).now()).toBe(start + day);
    expect(() => openClock(home, start, machine)).toThrow(
      `The clock of this stack is at 2016-11-02T00:00:00.000Z and never goes back to 2016-11-01T00:00:00.000Z: omit --clock to go on from there, or delete ${home}`,
    );
    expect(openClock(home, undefined, machine).now()).toBe(start + day);
  });

  test("does not start in the past of data that an earlier version made by the machine's clock", () => {
    const home = newDirectory();
    writeFileSync(join(home, "dynamodb.db"), "");
    expect(() => openClock(home, start, machine)).toThrow("never goes back");
    expect(openClock(home, machine() + day, machine).now()).toBe(machine() + day);
  });

  test("never goes back while it runs, and stays where it is when asked to", async () => {
    const clock = openClock(newDirectory(), start, machine);
    await expect(clock.set(start - 1)).rejects.toThrow(
      "The clock is at 2016-11-01T00:00:00.000Z and never goes back to 2016-10-31T23:59:59.999Z.",
    );
    expect(clock.now()).toBe(start);
  });

  test("has moved everything that follows it before anybody wakes, and before the queues' engine reads it", async () => {
    const home = newDirectory();
    const clock = openClock(home, start, machine);
    const seen: unknown[] = [];
    const slept = clock.sleep(day).then(() => seen.push("woken"));
    clock.onSet(async (aheadMs) => {
      await Promise.resolve();
      seen.push([aheadMs - (start - machine()), clock.now() - start, clockOf(home, machine)() - start]);
    });
    await clock.set(start + day);
    await slept;
    expect(seen).toEqual([[day, day, 0], "woken"]);
  });

  test("that was killed on its way is where its functions may have been", () => {
    const home = newDirectory();
    openClock(home, start, machine);
    const { aheadMs = 0 } = readClockFile(home) ?? {};
    writeClockFile(home, { aheadMs, nextMs: aheadMs + day });
    expect(openClock(home, undefined, machine).now()).toBe(start + day);
    expect(clockOf(home, machine)()).toBe(start + day);
  });

  test("that is not readable is an error that names the file and the remedy", () => {
    const home = newDirectory();
    mkdirSync(home, { recursive: true });
    writeFileSync(clockFile(home), "tomorrow");
    expect(() => openClock(home, undefined, machine)).toThrow(
      `${clockFile(home)} is not JSON of the form {"aheadMs": 0}: fix it, or delete`,
    );
  });
});

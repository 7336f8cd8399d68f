import { afterEach, describe, expect, test } from "vitest";
import { findGateway, type Gateway, gateways, type SourceSettings } from "../../../gateways/index.ts";
import type { SimulateOptions } from "../../../operator/simulate/options.ts";
import type { Summary } from "../../../operator/simulate/report.ts";
import { simulateCommand } from "../../../operator/simulate/simulate-command.ts";
import type { Terminal } from "../../../operator/terminal/terminal.ts";
import { story } from "../../../simulator/callbacks.ts";
import { withFaults } from "../../../simulator/faults.ts";
import { createRandom } from "../../../simulator/random.ts";
import { settingsOf } from "../../simulator/settings.ts";
import { type Endpoint, startEndpoint } from "./endpoint.ts";

type Output = Pick<Terminal, "json" | "print" | "say">;

const open: Endpoint[] = [];
afterEach(async () => {
  for (const endpoint of open.splice(0)) await endpoint.close();
});

const quick: SimulateOptions = { rate: 2_000, seed: "1", compress: 1_000_000 };

const setUp = async (name: string, more: Partial<SourceSettings> = {}) => {
  const gateway = findGateway(name) as Gateway;
  let settings: SourceSettings = { ...settingsOf(name), ...more };
  const endpoint = await startEndpoint(gateway, () => settings);
  open.push(endpoint);
  settings = { ...settings, publicUrl: endpoint.url.replace("http:", "https:") };
  if (gateway.strength === "source address" || gateway.strength === "none") settings = { ...settings, addresses: ["127.0.0.1"] };
  return {
    endpoint,
    async run(
      options: SimulateOptions = {},
      usual: SimulateOptions = quick,
    ): Promise<{ summary: Summary; said: string[]; isAllWell: boolean }> {
      const said: string[] = [];
      const printed: (string | Uint8Array)[] = [];
      const output: Output = { json: true, print: async (data) => void printed.push(data), say: (line) => void said.push(line) };
      const given = {
        url: endpoint.url,
        secret: [...settings.secrets],
        option: Object.entries(settings.options ?? {}).map(([key, value]) => `${key}=${value}`),
      };
      const isAllWell = await simulateCommand(name, { ...usual, ...given, ...options }, output);
      return { summary: JSON.parse(printed.join("")), said, isAllWell };
    },
  };
};

describe("a simulated life", () => {
  test.each(Object.keys(gateways))("of %s is acknowledged by the exact answer that gateway expects", async (name) => {
    const { endpoint, run } = await setUp(name);
    const { summary, isAllWell } = await run();
    expect(isAllWell).toBe(true);
    expect(summary).toMatchObject({ gateway: name, givenUp: 0, acknowledged: summary.callbacks });
    expect(summary.callbacks).toBeGreaterThan(0);
    expect(endpoint.arrived.map(({ isGenuine }) => isGenuine)).toEqual(endpoint.arrived.map(() => true));
    expect(endpoint.arrived).toHaveLength(summary.attempts);
  });

  test("is retried on the gateway's schedule until the answer is exactly the acknowledgement", async () => {
    const { endpoint, run } = await setUp("gmo-pg");
    const seen = new Map<string, number>();
    endpoint.behave(({ raw }) => {
      const body = Buffer.from(raw.body).toString("latin1");
      const times = (seen.get(body) ?? 0) + 1;
      seen.set(body, times);
      if (times === 1) return { status: 503, contentType: "text/plain", body: "" };
      if (times === 2) return undefined;
      // A line feed too many is another word: GMO waits for one character.
      return { status: 200, contentType: "text/plain", body: times === 3 ? "0\n" : "0" };
    });
    const { summary } = await run({ story: "sign-up" });
    expect(summary).toMatchObject({ callbacks: 2, attempts: 8, acknowledged: 2, givenUp: 0 });
  });

  test("is given up when the schedule is over, and says so", async () => {
    const { endpoint, run } = await setUp("gmo-pg");
    endpoint.behave(() => ({ status: 200, contentType: "text/plain", body: "1" }));
    const { summary, isAllWell } = await run({ story: "sign-up" });
    expect(isAllWell).toBe(false);
    expect(summary).toMatchObject({ callbacks: 2, attempts: 12, acknowledged: 0, givenUp: 2 });
  });

  test("of a gateway that never repeats is sent once", async () => {
    const { endpoint, run } = await setUp("sbps");
    endpoint.behave(() => ({ status: 200, contentType: "text/plain", body: "NG,no" }));
    const { summary } = await run({ story: "sign-up" });
    expect(summary).toMatchObject({ attempts: summary.callbacks, givenUp: summary.callbacks });
  });

  test("says what the gateway never reports", async () => {
    const { run } = await setUp("zeus");
    const { summary } = await run({ story: "pause" });
    expect(summary.untold).toEqual({
      "contract.started": 1,
      "contract.paused": 1,
      "contract.resumed": 1,
      "contract.renewed": 1,
      "contract.expired": 1,
    });
  });

  test("can be several lives at once, the first of which is the same as alone", async () => {
    const { endpoint, run } = await setUp("sandbox");
    await run({ count: 3 });
    const together = endpoint.arrived.map(({ raw }) => Buffer.from(raw.body).toString());
    endpoint.arrived.length = 0;
    const { summary } = await run();
    const alone = endpoint.arrived.map(({ raw }) => Buffer.from(raw.body).toString());
    expect(together).toHaveLength(summary.callbacks * 3);
    expect(new Set(together).size).toBe(new Set(alone).size * 3);
    expect(alone.filter((body) => !together.includes(body))).toEqual([]);
  });

  test("ends about now when no seed is given, and says how to repeat it", async () => {
    const { endpoint, run } = await setUp("sandbox");
    const { seed: _, ...unseeded } = quick;
    const { said, summary } = await run({ story: "sign-up" }, unseeded);
    const told = endpoint.arrived.map(({ raw }) => JSON.parse(Buffer.from(raw.body).toString()).created * 1000);
    expect(Math.max(...told)).toBeLessThanOrEqual(Date.now());
    expect(Math.min(...told)).toBeGreaterThan(Date.now() - 3 * 86_400_000);
    expect(said.at(-1)).toContain(`--seed ${summary.seed} --start ${summary.start} --story sign-up`);
  });
});

describe("a fault", () => {
  test.each(["sandbox", "stripe", "fincode", "zeus"])("on the way of %s changes nothing in the end", async (name) => {
    const { endpoint, run } = await setUp(name);
    const plain = await run();
    const once = new Set(endpoint.arrived.map(({ raw }) => Buffer.from(raw.body).toString("latin1")));
    endpoint.arrived.length = 0;
    const { summary } = await run({ faults: "duplicates,reorder,delay,tamper,drop-answer" });
    const genuine = endpoint.arrived.filter(({ isGenuine }) => isGenuine).map(({ raw }) => Buffer.from(raw.body).toString("latin1"));
    expect(new Set(genuine)).toEqual(once);
    expect(summary.callbacks).toBeGreaterThan(plain.summary.callbacks);
    expect(summary).toMatchObject({ givenUp: 0, acknowledged: summary.callbacks });
    // Duplicates and lost answers.
    expect(summary.attempts - summary.tampered.sent).toBeGreaterThan(summary.callbacks);
  });

  test("of order makes callbacks overtake each other, by the seed", () => {
    const told = story("sandbox", { story: "year" });
    const ids = (seed: string) => withFaults(told, ["reorder"], createRandom(seed)).map(({ callback }) => told.indexOf(callback));
    const plain = told.map((_, index) => index);
    expect(ids("a")).not.toEqual(plain);
    expect(ids("a").toSorted((one, other) => one - other)).toEqual(plain);
    expect(ids("a")).toEqual(ids("a"));
    expect(ids("b")).not.toEqual(ids("a"));
  });

  test("that delays puts callbacks behind all others", () => {
    const told = story("sandbox", { story: "year" });
    const sent = withFaults(told, ["delay"], createRandom("a")).map(({ callback }) => told.indexOf(callback));
    const late = sent.slice(-Math.round(told.length / 4));
    expect(sent.slice(0, -late.length)).toEqual(told.map((_, index) => index).filter((index) => !late.includes(index)));
    expect(Math.min(...late)).toBeLessThan(told.length - late.length);
  });

  test("of tampering is rejected, and not retried", async () => {
    const { endpoint, run } = await setUp("stripe");
    const { summary } = await run({ faults: "tamper" });
    expect(summary.tampered.sent).toBeGreaterThan(0);
    expect(summary.tampered).toMatchObject({ refused: summary.tampered.sent, accepted: 0, skipped: 0 });
    expect(endpoint.arrived.filter(({ isGenuine }) => !isGenuine)).toHaveLength(summary.tampered.sent);
  });

  test("of tampering changes the token where the body is not covered, and is not sent where nothing is covered", async () => {
    const fincode = await (await setUp("fincode")).run({ faults: "tamper" });
    expect(fincode.summary.tampered).toMatchObject({ refused: fincode.summary.tampered.sent, skipped: 0 });
    const paidy = await setUp("paidy");
    const { summary } = await paidy.run({ faults: "tamper" });
    expect(summary.tampered).toMatchObject({ sent: 0 });
    expect(summary.tampered.skipped).toBeGreaterThan(0);
    expect(paidy.endpoint.arrived).toHaveLength(summary.attempts);
  });
});

describe("the simulator stops before the first request", () => {
  const quiet: Output = { json: false, print: async () => {}, say: () => {} };
  const refusal = async (name: string, options: SimulateOptions): Promise<string> => {
    try {
      await simulateCommand(name, { ...quick, ...options }, quiet);
    } catch (error) {
      return (error as Error).message;
    }
    return "it went on";
  };

  test.each([
    ["a host that is not this machine", "https://callbacks.example.com/callbacks/x", /--i-own callbacks\.example\.com/],
    ["a name that only looks like this machine", "http://localhost.example.com/x", /is not this machine/],
    ["an address that only looks like this machine", "http://127.0.0.1.example.com/x", /is not this machine/],
    ["the network around it", "http://10.0.0.1/x", /is not this machine/],
    ["a URL with a password", "http://me:secret@127.0.0.1/x", /user name or a password/],
    ["another protocol", "ftp://127.0.0.1/x", /not an http or https/],
    ["no URL", "somewhere", /is not a URL/],
  ])("for %s", async (_, url, message) => {
    expect(await refusal("sandbox", { url, secret: ["s"] })).toMatch(message);
  });

  test("unless the user confirms to own it: the host, or the host with that port", async () => {
    const named = { secret: ["s"], story: "sign-up", compress: 1e12, iOwn: ["callbacks.invalid:81"] };
    expect(await refusal("sandbox", { ...named, url: "http://callbacks.invalid:80/x" })).toMatch(/is not this machine/);
    expect(await refusal("sandbox", { ...named, url: "http://callbacks.invalid:81/x" })).toBe("it went on");
  });

  test.each([
    ["a name that is neither source nor gateway", "stripee", {}, /neither a source here nor a gateway/],
    ["a story nobody wrote", "sandbox", { story: "romance" }, /There is no story "romance".*life/s],
    ["a fault nobody knows", "sandbox", { faults: "duplicates,rain" }, /There is no fault "rain"/],
    ["a secret that proves nothing", "stripe", { secret: [] }, /cannot be signed with what is known of stripe/],
    ["a start that is no time", "sandbox", { start: "yesterday" }, /write a date/],
    ["an option without a value", "sandbox", { option: ["shopId"] }, /write name=value/],
  ])("for %s", async (_, name, options, message) => {
    expect(await refusal(name, { url: "http://127.0.0.1:9/x", secret: ["s"], ...options })).toMatch(message);
  });

  test("when no local stack runs where it looks for one", async () => {
    expect(await refusal("sandbox", { directory: "/nonexistent" })).toMatch(/No local stack runs in \/nonexistent/);
  });
});

test("lists stories, gateways and faults", async () => {
  const printed: (string | Uint8Array)[] = [];
  await simulateCommand(undefined, { list: true }, { json: true, print: async (data) => void printed.push(data), say: () => {} });
  const lists = JSON.parse(printed.join(""));
  expect(lists.gateways).toEqual(Object.keys(gateways));
  expect(lists.stories.life).toMatch(/a whole life/);
  expect(lists.faults).toContain("tamper");
});

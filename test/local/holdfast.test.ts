/** The real app, bundles and all, in the local stack. `npm run build` has made the bundles. */
import { expect, test, vi } from "vitest";
import { splitKey } from "../../core/record.ts";
import { startStack } from "../../local/stack.ts";
import { readSecrets } from "../../operator/connect/local-secrets.ts";
import { homeOf } from "../../operator/connect/stack-file.ts";
import { sampleCallback } from "../../simulator/sample.ts";
import { delivered, newDirectory } from "./tiny-stack.ts";

test("a callback of every configured source is acknowledged the way its gateway expects and delivered once, however often it is sent", async () => {
  const directory = newDirectory();
  const stack = await startStack({ directory, port: 0, quiet: true });
  try {
    const secrets = readSecrets(homeOf(directory)) ?? {};
    const [sent, deliverable]: [string[], string[]] = [[], []];
    for (const source of Object.keys(stack.config.sources)) {
      const sample = sampleCallback({ config: stack.config, secrets, source, url: stack.url, now: Date.now() });
      if (sample.kind === "none") continue;
      const { raw } = sample;
      const send = () =>
        raw.method === "GET"
          ? fetch(`${stack.url}/callbacks/${source}?${Buffer.from(raw.body).toString("latin1")}`)
          : fetch(`${stack.url}/callbacks/${source}`, { method: "POST", headers: raw.headers, body: Buffer.from(raw.body) });
      const answers = await Promise.all([send(), send()]);
      expect([source, ...answers.map(({ status }) => status)]).toEqual([source, 200, 200]);
      sent.push(source);
      // What the application says is delivered nowhere.
      if (stack.config.sources[source]?.target !== undefined) deliverable.push(source);
    }
    expect(deliverable).not.toEqual([]);
    const sources = () => delivered(directory).map((key) => splitKey(key as `${string}/${string}`).source);
    await vi.waitFor(() => expect([...sources()].sort()).toEqual(deliverable.toSorted()), { timeout: 30_000, interval: 100 });
    const counted = (name: string) =>
      stack.metrics().find((metric) => metric.name === name && Object.keys(metric.dimensions).length === 1)?.sum;
    await vi.waitFor(() => expect(counted("Delivered")).toBe(deliverable.length), { timeout: 10_000 });
    expect([counted("Relayed"), counted("Duplicates")]).toEqual([sent.length, sent.length]);
  } finally {
    await stack.stop();
  }
});

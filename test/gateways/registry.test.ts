import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { describe, expect, test } from "vitest";
import type { Gateway } from "../../gateways/gateway.ts";
import { findGateway, gateways } from "../../gateways/index.ts";

const folder = new URL("../../gateways/", import.meta.url);

const isGateway = (value: unknown): value is Gateway =>
  typeof value === "object" && value !== null && "verify" in value && "identify" in value && "parse" in value && "sign" in value;

const exported = async (): Promise<readonly { file: string; gateway: Gateway }[]> => {
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith("/front.ts"));
  const modules = await Promise.all(files.map(async (file) => [file, await import(new URL(file, folder).href)] as const));
  return modules.flatMap(([file, module]) =>
    Object.values(module as Record<string, unknown>)
      .filter(isGateway)
      .map((gateway) => ({ file, gateway })),
  );
};

describe("the registry of gateways", () => {
  test("knows every gateway in the folder, under its own name, in a file of that name", async () => {
    const found = await exported();
    expect(found.length).toBeGreaterThan(0);
    const unregistered = found.filter(({ gateway }) => findGateway(gateway.name) !== gateway);
    expect(unregistered.map(({ file }) => file)).toEqual([]);
    expect(found.map(({ file }) => file)).toEqual(found.map(({ gateway }) => `${gateway.name}/front.ts`));
  });

  test("holds nothing that is not a gateway's own name", () => {
    for (const [name, gateway] of Object.entries(gateways)) expect(gateway.name).toBe(name);
  });

  test.each(Object.keys(gateways))("has tests for %s", (name) => {
    expect(existsSync(new URL(`${name}.test.ts`, import.meta.url))).toBe(true);
  });

  test.each(["constructor", "__proto__", "toString", "", "Stripe"])("finds no gateway named %j", (name) => {
    expect(findGateway(name)).toBeUndefined();
  });
});

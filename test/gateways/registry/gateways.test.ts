import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { findGateway, gateways } from "../../../gateways/index.ts";
import { findFront } from "../../../gateways/registry/find-front.ts";
import { registries } from "../../../generate/registries.ts";

const folder = new URL("../../../gateways/", import.meta.url);

describe("the registries of gateways", () => {
  test.each(Object.entries(registries()))("%s is what the folders say", (file, text) => {
    expect(readFileSync(file, "utf8")).toBe(text);
  });

  test("hold every folder with a front, under its own name, and the same fronts for receive as for everybody", () => {
    const folders = readdirSync(folder).filter((name) => existsSync(new URL(`${name}/front.ts`, folder)));
    expect(Object.keys(gateways)).toEqual(folders.sort());
    for (const name of folders) expect(findGateway(name)).toMatchObject({ ...findFront(name), name });
  });

  test("holds nothing that is not a gateway's own name", () => {
    for (const [name, gateway] of Object.entries(gateways)) expect(gateway.name).toBe(name);
  });

  test.each(Object.keys(gateways))("has tests for %s", (name) => {
    expect(existsSync(new URL(`../${name}.test.ts`, import.meta.url))).toBe(true);
  });

  test.each(["constructor", "__proto__", "toString", "", "Stripe"])("find no gateway named %j", (name) => {
    expect(findGateway(name)).toBeUndefined();
    expect(findFront(name)).toBeUndefined();
  });
});

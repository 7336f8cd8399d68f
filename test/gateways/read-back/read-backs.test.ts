/** Whether a gateway says what its callbacks cannot, and what of it can be read back. */
import { describe, expect, test } from "vitest";
import { type RawCallback, verified } from "../../../core/callback.ts";
import type { PaymentEvent } from "../../../core/event.ts";
import { isIncomplete } from "../../../core/read-back.ts";
import { findGateway, findReadBack, type Gateway, gateways } from "../../../gateways/index.ts";
import { signCallback, story } from "../../../simulator/callbacks.ts";
import { stories } from "../../../simulator/stories.ts";
import { settingsOf, url } from "../../simulator/settings.ts";

const told = (name: string): readonly { readonly raw: RawCallback; readonly event: PaymentEvent }[] => {
  const gateway = findGateway(name) as Gateway;
  const settings = settingsOf(name);
  return Object.keys(stories).flatMap((storyName) =>
    story(name, { story: storyName, options: settings.options ?? {} }).flatMap((callback) => {
      const raw = signCallback(gateway, callback, settings, { source: "mine", url, now: callback.sentAt });
      return gateway.parse(verified(raw).callback, settings).map((event) => ({ raw, event }));
    }),
  );
};

describe.each(Object.entries(gateways) as [string, Gateway][])("the gateway %s", (name, gateway) => {
  test("declares what its callbacks cannot say, when they leave anything open", () => {
    if (told(name).some(({ event }) => isIncomplete(event))) expect(gateway.facts.cannotSay).toMatch(/^[a-z].{20,}/);
    if (gateway.facts.cannotSay === undefined) expect(told(name).filter(({ event }) => isIncomplete(event))).toEqual([]);
  });

  test("says that something is read back exactly when it is", () => {
    const saysSo = /\bread back\b/.test(gateway.facts.cannotSay ?? "") && !/Nothing is read back/.test(gateway.facts.cannotSay ?? "");
    expect(saysSo).toBe(findReadBack(name) !== undefined);
  });
});

describe.each(Object.keys(gateways).filter((name) => findReadBack(name)))("reading back from %s", (name) => {
  test("escapes whatever a callback says before it becomes part of a path or a form", () => {
    const gateway = findGateway(name) as Gateway;
    const settings = settingsOf(name);
    const odd = "../x?y=1&z=2#";
    for (const { raw, event } of told(name)) {
      const forged = { ...event, ...(event.charge && { charge: odd }), ...(event.order && { order: odd }) };
      const question = findReadBack(name)?.ask(forged, verified(raw).callback, settings);
      const { path, body = "", headers } = question?.request("the-credential") ?? { path: "/", headers: {} };
      expect(path).toMatch(/^\/[\w./%?=&-]*$/);
      expect(path).not.toContain("../");
      expect(path).not.toContain("the-credential");
      expect(body).not.toContain("y=1");
      expect(JSON.stringify(headers) + body).toMatch(path === "/" ? /^/ : /the-credential|dGhlLWNyZWRlbnRpYWw6/);
    }
    expect(gateway.facts.cannotSay).toBeDefined();
  });

  test("learns nothing from an invalid answer, and says so", () => {
    const settings = settingsOf(name);
    const asked = told(name).flatMap(({ raw, event }) => findReadBack(name)?.ask(event, verified(raw).callback, settings) ?? []);
    expect(asked.length).toBeGreaterThan(0);
    for (const question of asked.slice(0, 5))
      for (const answer of ["", "null", "[]", "{}", '{"id":1}', "<html>"])
        expect(() => question.read(Buffer.from(answer)), answer).toThrow(/answer|order|SearchTrade/);
  });
});

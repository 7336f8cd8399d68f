import { describe, expect, test } from "vitest";
import type { PaymentEvent } from "../../core/event.ts";
import { isIncomplete, readBackProblems, readBackSettings, without } from "../../core/read-back.ts";

const readBack = { url: "https://api.example.com", ask: () => undefined };
const problems = (options: Readonly<Record<string, string>>) => readBackProblems({ options }, readBack);

describe("a source's options for reading back", () => {
  test("may be left out: then nothing is read back", () => {
    expect(problems({})).toEqual([]);
    expect(readBackSettings({}, readBack)).toBeUndefined();
    expect(readBackSettings({ options: { readBack: "always" } }, readBack)).toBeUndefined();
  });

  test("need no more than the secret's name", () => {
    expect(problems({ readBackSecret: "shop/api" })).toEqual([]);
    expect(readBackSettings({ options: { readBackSecret: "shop/api" } }, readBack)).toEqual({
      secretName: "shop/api",
      url: new URL("https://api.example.com"),
      when: "incomplete",
    });
  });

  test.each(["https://api.test.example.com", "https://api.example.com/v2", "http://127.0.0.1:9", "http://localhost:9"])(
    "may name another API: %s",
    (readBackUrl) => {
      expect(problems({ readBackSecret: "s", readBackUrl })).toEqual([]);
      expect(readBackSettings({ options: { readBackSecret: "s", readBackUrl, readBack: "always" } }, readBack)).toMatchObject({
        url: new URL(readBackUrl),
        when: "always",
      });
    },
  );

  test.each([
    "http://api.example.com",
    "http://127.0.0.1.example.com",
    "https://key@api.example.com",
    "https://api.example.com/?key=1",
    "ftp://api.example.com",
    "api.example.com",
  ])("may not send the credential to %s", (readBackUrl) => {
    expect(problems({ readBackSecret: "s", readBackUrl })).toEqual([expect.stringContaining("options.readBackUrl is")]);
  });

  test.each([
    [{ readBack: "always" }, /readBackSecret is missing/],
    [{ readBackSecret: "s", readBack: "sometimes" }, /readBack is "sometimes"/],
    [{ readbackSecret: "s" }, /did you mean readBackSecret/],
  ])("are told what is wrong with %j", (options, message) => {
    expect(problems(options as Record<string, string>)).toEqual([expect.stringMatching(message)]);
  });

  test("are out of place where nothing can be read back", () => {
    expect(readBackProblems({ options: { readBackSecret: "s" } }, undefined)).toEqual([
      expect.stringContaining("nothing can be read back"),
    ]);
  });
});

describe("an event", () => {
  const event: PaymentEvent = { id: "1", type: "charge.succeeded", gatewayType: "paid", occurredAt: 0, incomplete: ["amount", "contract"] };

  test("is complete when nothing is left that it lacks", () => {
    expect(without(event, "amount").incomplete).toEqual(["contract"]);
    expect(without(event, "contract", "amount")).toEqual({ id: "1", type: "charge.succeeded", gatewayType: "paid", occurredAt: 0 });
    expect(isIncomplete(event)).toBe(true);
    expect(isIncomplete(without(event, "contract", "amount"))).toBe(false);
  });
});

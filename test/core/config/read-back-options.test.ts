import { describe, expect, test } from "vitest";
import { isOnThisMachine, readBackProblems, readBackSettings } from "../../../core/config/read-back-options.ts";

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
    expect(problems({ readBackSecret: "shop/api", readBack: "incomplete" })).toEqual([]);
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
      const settings = readBackSettings({ options: { readBackSecret: "s", readBackUrl, readBack: "always" } }, readBack);
      expect([settings?.url.href, settings?.when]).toEqual([new URL(readBackUrl).href, "always"]);
    },
  );

  test.each([
    "http://api.example.com",
    "http://127.0.0.1.example.com",
    "https://key@api.example.com",
    "https://:key@api.example.com",
    "https://api.example.com/#key",
    "ftp://localhost",
    "https://api.example.com/?key=1",
    "ftp://api.example.com",
    "api.example.com",
  ])("may not send the credential to %s", (readBackUrl) => {
    expect(problems({ readBackSecret: "s", readBackUrl })).toEqual([
      `options.readBackUrl is "${readBackUrl}"; write an https:// URL, such as https://api.example.com (http:// for this machine only)`,
    ]);
  });

  test.each([
    [
      { readBack: "always" },
      "options.readBack is set, but options.readBackSecret is missing; name the secret that holds the API's credential",
    ],
    [
      { readBackUrl: "https://api.example.com", readBack: "always" },
      "options.readBackUrl is set, but options.readBackSecret is missing; name the secret that holds the API's credential",
    ],
    [
      { readBackSecret: "s", readBack: "sometimes" },
      'options.readBack is "sometimes"; write "incomplete", which is what leaving it out means, or "always"',
    ],
    [{ readbackSecret: "s" }, "options.readbackSecret is not an option; did you mean readBackSecret?"],
    [{ read_back_url: "s" }, "options.read_back_url is not an option; did you mean readBackUrl?"],
    [{ readBackWhateverThereIs: "s" }, "options.readBackWhateverThereIs is not an option; did you mean readBackSecret?"],
  ])("are told what is wrong with %j", (options, message) => {
    expect(problems(options as Record<string, string>)).toEqual([message]);
  });

  test("are not confused with the gateway's own", () => {
    expect(problems({ shopId: "7", threadBack: "1", readDelay: "1" })).toEqual([]);
  });

  test("are out of place where nothing can be read back", () => {
    expect(readBackProblems({ options: { readBackUrl: "https://a.example.com", readBackSecret: "s" } }, undefined)).toEqual([
      "options.readBackSecret is set, but nothing can be read back from this gateway; leave it out",
    ]);
  });
});

test.each([
  ["http://localhost:9", true],
  ["http://127.0.0.1", true],
  ["http://127.10.20.30", true],
  ["http://[::1]:9", true],
  ["http://notlocalhost", false],
  ["http://localhost.example.com", false],
  ["http://[::2]", false],
  ["http://128.0.0.1", false],
])("says whether %s is this machine: %j", (url, isHere) => expect(isOnThisMachine(new URL(url))).toBe(isHere));

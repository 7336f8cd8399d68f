import { describe, expect, test } from "vitest";
import { modeOfFlag, modeOfTestFlag } from "../../../gateways/kit/mode-flag.ts";

describe("a flag", () => {
  test.each([true, "true", "1", 1])("that is %j is set", (flag) => {
    expect([modeOfFlag(flag), modeOfTestFlag(flag)]).toEqual(["live", "test"]);
  });

  test.each([false, "false", "0", 0])("that is %j is not set", (flag) => {
    expect([modeOfFlag(flag), modeOfTestFlag(flag)]).toEqual(["test", "live"]);
  });

  test.each([undefined, null, "", "yes", "TRUE", 2, -1, {}])("that is %j does not say", (flag) => {
    expect([modeOfFlag(flag), modeOfTestFlag(flag)]).toEqual([undefined, undefined]);
  });
});

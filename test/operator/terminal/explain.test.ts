import { describe, expect, test } from "vitest";
import { exit } from "../../../operator/terminal/exit.ts";
import { explain } from "../../../operator/terminal/explain.ts";

const failed = (name: string, message = "injected") => Object.assign(new Error(message), { name });
const local = { local: true };
const deployed = { local: false, name: "payments" };

describe("an error of AWS", () => {
  test.each(["InternalServerError", "InternalFailure", "ServiceUnavailable", "ServiceUnavailableException"])(
    "%s is one line and no stack trace: in an outage all commands meet it",
    (name) => {
      const said = explain(failed(name), deployed);
      expect(said).toEqual({
        exitCode: exit.failed,
        message: "Requests to the stack payments end in a server error (injected): wait a minute and try again.",
      });
    },
  );

  test("says so of S3's own word for throttling", () => {
    expect(explain(failed("SlowDown"), deployed)?.message).toMatch(/^Requests to the stack payments are throttled: /);
  });

  test("names the stack in the middle of a sentence as at its beginning", () => {
    expect(explain(failed("ThrottlingException"), local)?.message).toMatch(/^Requests to the local stack are throttled: /);
    expect(explain(failed("AccessDeniedException", "No."), local)?.message).toMatch(
      /^These credentials lack permission in the local stack: No\. /,
    );
    expect(explain(failed("TimeoutError"), deployed)?.message).toMatch(/^The stack payments does not answer \(injected\): /);
    expect(explain(failed("ResourceNotFoundException"), deployed)?.message).toMatch(/^The stack payments is not deployed /);
  });

  test("that is not known keeps its stack trace", () => {
    expect(explain(failed("TypeError"), deployed)).toBeUndefined();
  });
});

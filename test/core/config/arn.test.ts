import { expect, test } from "vitest";
import { readArn } from "../../../core/config/arn.ts";

test("an ARN says where a queue is and what it is called", () => {
  expect(readArn("sqs", "arn:aws-cn:sqs:cn-north-1:123456789012:payments.fifo")).toEqual({
    partition: "aws-cn",
    region: "cn-north-1",
    account: "123456789012",
    name: "payments.fifo",
  });
});

test("the name of a function is without its version or alias, and that of a bus without what is before it", () => {
  expect(readArn("lambda", "arn:aws:lambda:eu-central-1:123456789012:function:payments:live").name).toBe("payments");
  expect(readArn("eventbridge", "arn:aws:events:eu-central-1:123456789012:event-bus/a.b-c_d").name).toBe("a.b-c_d");
});

test("what the configuration check rejects is not read", () => {
  expect(() => readArn("sqs", "payments")).toThrow('"payments" is not like arn:aws:sqs:eu-central-1:123456789012:payments.fifo');
});

/** What is written to the log: errors and what they were about. Never a body, a header, a secret or a signature. */
import { Logger } from "@aws-lambda-powertools/logger";
import type middy from "@middy/core";
import type { Context } from "aws-lambda";
import { createSourcePositions } from "./source-positions.ts";

/** Reports an error that did not end the invocation. `about` are keys and counts. Never throws. */
export type Report = (error: unknown, about: Readonly<Record<string, string | number>>) => void;

/** @param what became of whatever met the error. */
export const createReport = (service: string, what: "survived" | "failed" = "survived"): Report => {
  const logger = new Logger({ serviceName: service });
  return (error, about) => logger.error(what, { ...about, error: withSources(error instanceof Error ? error : new Error(String(error))) });
};

const positions = createSourcePositions();

/** The error with the positions of the sources in its stack and its causes'; the stack is only for people. */
const withSources = (error: Error): Error => {
  for (let one: unknown = error; one instanceof Error; one = one.cause) {
    const { stack } = one;
    // An error may be frozen, or its stack given.
    if (stack !== undefined) Reflect.set(one, "stack", positions(stack));
    if (one.cause === error) break;
  }
  return error;
};

/** Gives the invocation a `report` whose lines name it, and reports what leaves the handler; Lambda still counts it as an error. */
export const logged = (
  reports: () => Readonly<Record<"survived" | "failed", Report>>,
): middy.MiddlewareObj<unknown, unknown, Error, Context & { report?: Report }> => {
  const naming =
    (report: Report, { functionName, awsRequestId }: Context): Report =>
    (error, about) =>
      // Powertools' own names for them.
      report(error, { function_name: functionName, function_request_id: awsRequestId, ...about });
  return {
    before: ({ context }) => {
      context.report = naming(reports().survived, context);
    },
    onError: ({ context, error }) => naming(reports().failed, context)(error, {}),
  };
};

/** What is written to the log: errors and what they were about. Never a body, a header, a secret or a signature. */
import { Logger } from "@aws-lambda-powertools/logger";

/** Tells of an error that was survived. `about` are keys and counts. Never throws. */
export type Report = (error: unknown, about: Readonly<Record<string, string | number>>) => void;

export const createReport = (service: string): Report => {
  const logger = new Logger({ serviceName: service });
  return (error, about) => logger.error("survived", { ...about, error: error instanceof Error ? error : new Error(String(error)) });
};

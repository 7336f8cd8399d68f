/** How gateways write that a callback is real or a test: true, "true" and "1" alike; anything else does not say. */
import type { Mode } from "../../core/mode.ts";

const truth = (value: unknown): boolean | undefined => {
  if (value === true || value === "true" || value === "1" || value === 1) return true;
  return value === false || value === "false" || value === "0" || value === 0 ? false : undefined;
};

/** Of a field that is true for real money: `livemode`. */
export const modeOfFlag = (isLive: unknown): Mode | undefined => {
  const said = truth(isLive);
  return said === undefined ? undefined : said ? "live" : "test";
};

/** Of a field that is true for a test: `test_mode`. */
export const modeOfTestFlag = (isTest: unknown): Mode | undefined => {
  const said = truth(isTest);
  return said === undefined ? undefined : said ? "test" : "live";
};

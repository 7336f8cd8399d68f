/** How sure each single fact of a gateway is, and which of its sources it comes from: one letter and a source's number. */
import type { Gateway } from "../gateways/index.ts";

/** What is looked up, in the order of the table. */
export const looked = ["proof", "key", "yes and no", "deadline", "retries", "announces"] as const;

/**
 * `H 3`: official, by the third of the gateway's sources. Without a number: read in public code, or inferred, and no page says it.
 * `-`: nothing is published, so nothing is claimed. A gateway that is not here is as sure as its own letter says, in everything.
 */
export const confidences: Readonly<Record<string, readonly string[]>> = {
  adyen: ["H 3", "M 1", "H 1", "H 1", "H 1", "H 3"],
  braintree: ["H 3", "M", "H 1", "-", "M", "H 3"],
  epsilon: ["L", "M 2", "M 2", "-", "-", "M 2"],
  fincode: ["H 1", "H 1", "H 1", "-", "M", "H 1"],
  "gmo-pg": ["H 1", "M", "M 3", "M 3", "M 3", "H 1"],
  hmac: ["H 1", "-", "-", "-", "-", "-"],
  komoju: ["H 1", "M 1", "M", "-", "-", "H 1"],
  "lemon-squeezy": ["M 3", "M", "M 3", "-", "L", "M 2"],
  paddle: ["H 3", "M", "H 2", "H 2", "H 2", "H 3"],
  paidy: ["M 1", "M", "M 1", "M 1", "M 1", "M 2"],
  payjp: ["H 1", "H 1", "H 1", "-", "M 1", "M 1"],
  paypal: ["H 2", "M 1", "H 1", "-", "H 1", "M 3"],
  sandbox: ["H 1", "H 1", "H 1", "-", "H 1", "H 1"],
  sbps: ["H 3", "M", "H 3", "-", "M", "M 2"],
  shopify: ["H 3", "H 2", "H 1", "H 1", "H 1", "M 1"],
  square: ["H 3", "H 1", "H 1", "H 1", "M 1", "H 3"],
  "standard-webhooks": ["H 1", "H 1", "H 1", "H 2", "H 2", "H 3"],
  stripe: ["H 3", "H 1", "H 1", "-", "H 2", "H 3"],
  "telecom-credit": ["M", "M", "M", "-", "M", "M"],
  veritrans: ["H 1", "M 2", "M 2", "-", "L", "M 2"],
  zeus: ["M 2", "M 2", "M 2", "-", "M 1", "M 2"],
};

/** A row of the table: the gateway, and each fact's letter with its source. */
export const confidenceRow = ({ name, facts }: Gateway): readonly string[] => [
  name,
  ...(confidences[name] ?? looked.map(() => `${facts.confidence} 1`)).map((cell) => {
    const [letter = "", number] = cell.split(" ");
    const source = number === undefined ? undefined : facts.sources[Number(number) - 1];
    return source === undefined ? letter : /^https:/.test(source) ? `${letter} [${number}](${source})` : `${letter} ${number}`;
  }),
];

/** What people look up about HMAC (any gateway). */
import type { GatewayFacts } from "../facts.ts";

export const facts: GatewayFacts = {
  title: "HMAC (any gateway)",
  sources: ["https://www.rfc-editor.org/rfc/rfc2104", "https://www.rfc-editor.org/rfc/rfc6901"],
  confidence: "H",
  proof: "the header of options.header: HMAC over options.signed",
  key: "options.idHeader (signed), idPointer or idField; else SHA-256 of the body",
  headers: [],
  headerOptions: ["header", "timestampHeader", "idHeader", "passHeaders"],
  charset: "UTF-8",
  retries: { unpublished: true, note: "depends on the gateway" },
  announces: "what options.events says",
  cannotSay: "what the options do not point at. Nothing is read back",
  sure: { proof: "H 1", key: "-", answers: "-", deadline: "-", retries: "-", announces: "-" },
  doubts: [
    "GET callbacks are not supported.",
    "An id in a header that is not part of `signed` is not used, and reported as a problem of the configuration: anyone who replays a callback could change it.",
  ],
};

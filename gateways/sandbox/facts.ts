/** What people look up about Sandbox. */
import { type GatewayFacts, second } from "../facts.ts";

export const facts: GatewayFacts = {
  title: "Sandbox",
  sources: ["this repository"],
  confidence: "H",
  proof: "Sandbox-Signature: t, v1; HMAC-SHA256 (hex) of t.body",
  key: "id",
  headers: ["sandbox-signature"],
  charset: "UTF-8",
  retries: { waits: [second, 2 * second, 4 * second, 8 * second, 16 * second] },
  mode: "`livemode`, where it is there",
  announces: "charges, card checks and contract states",
  sure: { proof: "H 1", key: "H 1", answers: "H 1", deadline: "-", retries: "H 1", announces: "H 1" },
};

/** docs/application.md and its schema: held against the code, against what the reader takes, and run. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { applicationEventTypes } from "../../core/application/event.ts";
import { readMessage } from "../../core/application/read-message.ts";
import { gateways } from "../../gateways/index.ts";
import { pageFile, pages } from "../../generate/index.ts";

const page = readFileSync(pageFile("application"), "utf8");
const schema = createRequire(import.meta.url)("holdfast/application.schema.json");
const isValid = new Ajv2020({ strict: true, allErrors: true }).compile(schema);

test.each(["application", "application.schema.json"] as const)("docs: %s is what `npm run generate` writes now", (name) => {
  expect(readFileSync(pageFile(name), "utf8")).toBe(pages[name]());
});

const price = { minor: 1_980, currency: "JPY" };
const one = { source: "sbps", contract: "c-1" };
const full = {
  "entitlement.granted": {
    ...{ account: "a-1", ...one, order: "o-1", customer: "cus-1", plan: "premium", price, interval: "month" },
    ...{ freeUntil: "2026-12-20T00:00:00+09:00", basis: "campaign" },
  },
  "entitlement.revoked": { account: "a-1", ...one, order: "o-1", reason: "paused" },
  "cancellation.requested": { account: "a-1", ...one },
  "account.closed": { account: "a-1" },
  "account.reopened": { account: "a-1" },
  "contract.linked": { contracts: [one, { source: "stripe", contract: "sub_1" }] },
  "refund.requested": { account: "a-1", ...one, charge: "p-1", amount: price },
} as const;

/** What is wrong with a value, in ways that a sender might. */
const wrong = [
  undefined,
  "",
  7,
  true,
  {},
  [],
  "x".repeat(501),
  "2026-11-20",
  { minor: 0.5, currency: "JPY" },
  { minor: 1, currency: "yen" },
];

test.each(applicationEventTypes)("what is valid for %s is what is read, field by field", (type) => {
  const agree = (message: unknown) => {
    const sent = JSON.parse(JSON.stringify(message));
    const read = readMessage(sent, { id: "e-1", receivedAt: 0 });
    expect([isValid(sent), sent]).toEqual([read.kind === "read", sent]);
    return read.kind;
  };
  const message = { type, timestamp: "2026-11-20T12:00:00Z", data: full[type] };
  expect(agree(message)).toBe("read");
  for (const name of Object.keys(full[type])) {
    for (const value of wrong) agree({ ...message, data: { ...full[type], [name]: value } });
    expect(agree({ ...message, data: { ...full[type], [`${name}s`]: "x" } })).toBe("problems");
  }
  for (const value of wrong) agree({ ...message, timestamp: value });
  agree({ ...message, type: `${type}s` });
  agree({ ...message, more: 1 });
});

test("a grant without contract and order, and a gift, are valid as they are read", () => {
  const grant = { account: "a-1", source: "sbps", plan: "premium", price, interval: "month" };
  for (const data of [
    grant,
    { ...grant, order: "o" },
    { ...grant, basis: "complimentary" },
    { account: "a", source: "s", plan: "p", basis: "complimentary" },
  ]) {
    const sent = { type: "entitlement.granted", timestamp: "2026-11-20T12:00:00Z", data };
    expect([isValid(sent), data]).toEqual([readMessage(sent, { id: "e", receivedAt: 0 }).kind === "read", data]);
  }
});

test("the recipe for curl signs as the gateway verifies", () => {
  const secret = `whsec_${Buffer.from("a key of thirty-two bytes, almost").toString("base64")}`;
  const [, recipe = ""] = /```sh\n(URL=[\s\S]*?)```/.exec(page) ?? [];
  const script = recipe
    .replace("SECRET=whsec_...", `SECRET=${secret}`)
    .replace(/curl .*/, `printf '%s\\n' "$ID" "$NOW" "$SIGNATURE" "$BODY"`);
  const { stdout, status } = spawnSync("bash", ["-euo", "pipefail", "-c", script], { encoding: "utf8" });
  expect(status).toBe(0);
  const [id = "", now = "", signature = "", body = ""] = stdout.trimEnd().split("\n");
  const headers = { "webhook-id": id, "webhook-timestamp": now, "webhook-signature": `v1,${signature}` };
  const raw = { source: "app", method: "POST", url: "", headers, body: Buffer.from(body), sourceIp: "", receivedAt: Number(now) * 1_000 };
  const verification = gateways.app.verify(raw, { secrets: [secret] });
  expect(verification.kind).toBe("verified");
  if (verification.kind === "verified")
    expect(gateways.app.applicationEvents(verification.callback)).toMatchObject([{ type: "account.closed", account: "a-17" }]);
});

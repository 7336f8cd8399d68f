/**
 * What the writers write, as text: `node test/gateways/written/record.ts` records it, one file for each gateway, to be read when a
 * writer has changed. `written.test.ts` holds today's against it.
 */
import { writeFileSync } from "node:fs";
import { gateways } from "../../../gateways/index.ts";
import { type MomentKind, momentEvents } from "../../../gateways/moment.ts";
import { story } from "../../../simulator/callbacks.ts";
import type { Step, Story } from "../../../simulator/stories.ts";

const payments: readonly MomentKind[] = ["paid", "renewed", "failed", "recovered", "refunded", "disputed", "dispute won", "dispute lost"];
/** Two of a kind tell what they share, and what is new. */
const steps: readonly Step[] = [
  ...(Object.keys(momentEvents) as MomentKind[]).map(
    (kind, day): Step => ({ day, kind, ...(payments.includes(kind) && { payment: kind === "paid" ? "first" : "second" }) }),
  ),
  { day: 20, kind: "refunded", payment: "first", share: 0.5 },
  { day: 21, kind: "refunded", payment: "first", share: 0.25 },
  ...(["authorized", "captured", "voided", "paid", "refunded"] as const).map(
    (kind, index): Step => ({ day: 22 + index, kind, contract: "none", payment: "single" }),
  ),
  { day: 30, kind: "authorized", contract: "none", payment: "check", amount: 1 },
];
const all: Story = { about: "everything that can happen", steps };

/** Under two sets of options, where the callbacks repeat them. */
const options: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>> = {
  epsilon: [{}, { contractCode: "87654321" }],
  "gmo-pg": [{}, { shopId: "tshop00000002" }],
  hmac: [
    {},
    {
      typePointer: "/type",
      events: "new=contract.started, paid = charge.succeeded,a=b=charge.failed, back=charge.refunded",
      idPointer: "/meta/id",
      contractPointer: "/data/0/sub~1scription/1",
      customerPointer: "/data/0/customer",
      chargePointer: "/charge",
      orderPointer: "/order",
      amountPointer: "/amount",
      amountUnit: "major",
      currencyPointer: "/currency",
      refundPointer: "/refund",
      reasonPointer: "/why~0not",
      occurredAtPointer: "/at",
    },
    { typePointer: "/type", idField: "id", chargePointer: "/charge", amountPointer: "/amount" },
  ],
  "lemon-squeezy": [{}, { orders: "charges" }],
  sbps: [{}, { merchantId: "1", serviceId: "2" }],
  "telecom-credit": [{}, { clientip: "12345" }],
  zeus: [{}, { clientip: "12345" }],
};

export const written = (gateway: string): string =>
  (options[gateway] ?? [{}])
    .flatMap((of) => [
      ...(Object.keys(of).length > 0 ? [`# ${JSON.stringify(of)}`] : []),
      ...story(gateway, { story: all, seed: "written", options: of }).map(({ moment, sentAt, headers, tells, body }) =>
        [
          `## ${moment.kind} of ${moment.contract ?? "no contract"}, ${new Date(sentAt).toISOString()}: ${tells.join(" + ") || "nothing"}`,
          ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
          Buffer.from(body).toString("utf8"),
        ].join("\n"),
      ),
    ])
    .join("\n\n")
    .concat("\n");

export const fileOf = (gateway: string): URL => new URL(`${gateway}.txt`, import.meta.url);

if (import.meta.main) for (const name of Object.keys(gateways)) writeFileSync(fileOf(name), written(name));

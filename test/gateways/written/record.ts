/**
 * What the writers write and how it is signed, as text: `npx node test/gateways/written/record.ts` records it, one file for each gateway, to be read when a
 * writer has changed. `written.test.ts` holds today's against it.
 */
import { writeFileSync } from "node:fs";
import type { RawCallback } from "../../../core/callback.ts";
import type { SecretForm } from "../../../gateways/facts.ts";
import { findGateway, type Gateway, gateways } from "../../../gateways/index.ts";
import { type MomentKind, momentEvents } from "../../../gateways/moment.ts";
import { story } from "../../../simulator/callbacks.ts";
import type { Step, Story } from "../../../simulator/stories.ts";
import { settingsOf } from "../../simulator/settings.ts";

const payments: readonly MomentKind[] = ["paid", "renewed", "failed", "recovered", "refunded", "disputed", "dispute won", "dispute lost"];
const kinds = Object.keys(momentEvents) as MomentKind[];
const hasEvents = (kind: MomentKind): boolean => momentEvents[kind].length > 0;
/** Two of a kind tell what they share, and what is new. */
const steps: readonly Step[] = [
  ...kinds
    .filter(hasEvents)
    .map((kind, day): Step => ({ day, kind, ...(payments.includes(kind) && { payment: kind === "paid" ? "first" : "second" }) })),
  { day: 20, kind: "refunded", payment: "first", share: 0.5 },
  { day: 21, kind: "refunded", payment: "first", share: 0.25 },
  ...(["authorized", "captured", "voided", "paid", "refunded"] as const).map(
    (kind, index): Step => ({ day: 22 + index, kind, contract: "none", payment: "single" }),
  ),
  { day: 30, kind: "authorized", contract: "none", payment: "check", amount: 1 },
  ...kinds.filter((kind) => !hasEvents(kind)).map((kind): Step => ({ day: 31, kind })),
  { day: 32, kind: "authorized", contract: "none", payment: "two", amount: 2 },
];
const everything: Story = { about: "everything that can happen", steps };

/** Under two sets of options, where the callbacks repeat them. */
const options: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>> = {
  adyen: [{}, { captureMode: "manual" }],
  epsilon: [{}, { contractCode: "87654321" }],
  "gmo-pg": [{}, { shopId: "tshop00000002" }],
  hmac: [
    {},
    {
      typePointer: "/type",
      events: "new=contract.started,newer=contract.started, paid = charge.succeeded,a=b=charge.failed, back=charge.refunded",
      idPointer: "/meta/id",
      contractPointer: "/data/0/sub~1scription/1",
      customerPointer: "/data/0/customer",
      chargePointer: "/c1/1c/12/0",
      orderPointer: "/order/id1",
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
      ...story(gateway, { story: everything, seed: "written", options: of }).map(({ moment, sentAt, headers, reports, body }) =>
        [
          `## ${moment.kind} of ${moment.contract ?? "no contract"}, ${new Date(sentAt).toISOString()}: ${reports.join(" + ") || "nothing"}`,
          ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
          Buffer.from(body).toString("utf8"),
        ].join("\n"),
      ),
    ])
    .join("\n\n")
    .concat("\n");

/** One of each form, for ever the same; of PayPal the settings have a key. */
const secrets: Readonly<Partial<Record<SecretForm, string>>> = {
  text: "the secret",
  hex: "00112233445566778899aabbccddeeff",
  base64: "AAECAwQFBgcICQoLDA0ODw==",
  whsec: "whsec_AAECAwQFBgcICQoLDA0ODw==",
};

/** What the writers of some gateways never write, and `sign` can sign. */
const furtherBodies: Readonly<Record<string, readonly string[]>> = {
  adyen: [
    "pspReference=PSP1&eventCode=CAPTURE&value=1&additionalData.hmacSignature=old",
    "pspReference=PSP1",
    '{"notificationItems":[{"NotificationRequestItem":{"pspReference":["PSP1"]}}]}',
  ],
  braintree: [`bt_payload=${"QUFB".repeat(20)}`],
  komoju: ["{}"],
  "lemon-squeezy": ["{}"],
  sbps: [
    '<?xml version="1.0"?><sps-api-request id="NT01-00103-701"><a> 1 </a><b>&amp;</b><sps_hashcode>old</sps_hashcode> </sps-api-request>\n',
    '<sps-api-request id="x"><sps_hashcode>old</sps_hashcode></sps-api-request>',
    '<sps-api-request id="x"><a>1</a></sps-api-request> <!-- </sps-api-request> -->',
    "res_result=OK&cust_code=c1&sps_hashcode=old&limit_second=600",
  ],
  shopify: [
    ...["OrderTransaction", "Refund", "SubscriptionContract", "SubscriptionBillingAttempt", "Order"].map(
      (kind) => `{"admin_graphql_api_id":"gid://shopify/${kind}/1"}`,
    ),
    '{"admin_graphql_api_id":"gid://shopify/SubscriptionBillingAttempt/1","error_code":"x"}',
    '{"admin_graphql_api_id":"x gid://shopify/Refund/1"}',
    '{"initiated_at":"x"}',
    '{"initiated_at":"x","finalized_on":"x"}',
    '{"cancelled_at":"x"}',
    "{}",
  ],
};

const hmacOptions: readonly Readonly<Record<string, string>>[] = [
  { header: "X-Signature", prefix: "sha1=", algorithm: "sha1", encoding: "base64", signed: "{url}.{body}" },
  { header: "X-Signature", algorithm: "sha512", signed: "{timestamp}:{id}:{body}", timestampHeader: "X-Time", idHeader: "X-Id" },
  {
    header: "X-Signature",
    signed: "{timestamp}{body}",
    timestampHeader: "X-Time",
    timestampUnit: "ms",
    secretEncoding: "hex",
    idField: "id",
  },
  { header: "X-Signature", secretEncoding: "base64" },
];

const shown = ({ method, url, sourceIp, headers, body, receivedAt }: RawCallback, before: Uint8Array): string =>
  [
    `${method} ${url} from ${sourceIp} at ${receivedAt}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    ...(Buffer.from(body).equals(Buffer.from(before)) ? [] : [Buffer.from(body).toString("latin1")]),
  ].join("\n");

/** What `sign` makes of a callback: with a secret of the gateway's form, and with none. */
export const signed = (gateway: string): string => {
  const { sign, facts } = findGateway(gateway) as Gateway;
  const usual = settingsOf(gateway);
  const secret = secrets[facts.secret ?? "text"];
  const given = { ...usual, ...(secret !== undefined && { secrets: [secret] }) };
  const all = gateway === "hmac" ? hmacOptions.map((of) => ({ ...given, options: of })) : [given];
  const [told] = story(gateway, { story: everything, seed: "signed", options: usual.options ?? {} });
  const bodies = [...(told ? [told.body] : []), ...(furtherBodies[gateway] ?? []).map((text) => Buffer.from(text))];
  return [...all, { ...given, secrets: [] }, { secrets: [] }]
    .flatMap((settings) => bodies.map((body) => `## signed\n${shown(sign(body, settings, signedAt), body)}`))
    .join("\n\n")
    .concat("\n");
};

/** Not a whole second: what is finer is left out where a gateway leaves it out. */
const signedAt = Date.UTC(2026, 10, 20, 12) + 345;

export const fileOf = (gateway: string): URL => new URL(`${gateway}.txt`, import.meta.url);

if (import.meta.main) for (const name of Object.keys(gateways)) writeFileSync(fileOf(name), `${written(name)}\n${signed(name)}`);

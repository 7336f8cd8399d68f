/** A gateway that only this project knows. */
import {
  anyMatches,
  type EventType,
  fromMinor,
  type Gateway,
  hmacOf,
  numberAt,
  omitUndefined,
  parseJson,
  type ReadBack,
  refused,
  signedRequest,
  textAt,
  usableSecrets,
  verified,
  withEventIds,
  without,
} from "holdfast/gateways";
import { prefixed, seconds, type Writer, type Written } from "holdfast/simulator";

const meanings = new Map<string, readonly EventType[]>([
  ["member.joined", ["contract.started"]],
  ["payment.done", ["charge.succeeded"]],
  ["ping", ["notice"]],
]);

const signatureOf = (secret: string, body: Uint8Array): string => hmacOf("sha256", secret, [body], "hex");

const houseBank: Gateway = {
  name: "house-bank",
  strength: "signature",
  facts: {
    title: "House Bank",
    sources: ["https://house-bank.example/webhooks"],
    confidence: "H",
    proof: "My-Signature: HMAC-SHA256 (hex) of the body",
    key: "id",
    charset: "UTF-8",
    deadlineSeconds: 10,
    retries: { waits: [60, 60, 60, 60, 60] },
    announces: "payments and new members",
  },
  methods: ["POST"],
  onUnverified: "refuse",
  checkSettings: ({ options }) => (options?.branch ? [] : ["options.branch is missing; give the branch's number"]),

  verify(raw, settings) {
    const expected = usableSecrets(settings).map((secret) => signatureOf(secret, raw.body));
    return anyMatches([raw.headers["my-signature"] ?? ""], expected) ? verified(raw) : refused("My-Signature matches no secret");
  },
  identify(callback) {
    const id = textAt(parseJson(callback.body), "id");
    if (!id) throw new Error("the body has no id");
    return id;
  },
  parse(callback) {
    const body = parseJson(callback.body);
    const gatewayType = textAt(body, "type") ?? "";
    const at = numberAt(body, "at");
    const amount = fromMinor(numberAt(body, "amount"), "JPY");
    const said = {
      gatewayType,
      occurredAt: at === undefined ? callback.receivedAt : at * 1000,
      ...omitUndefined({ contract: textAt(body, "member"), charge: textAt(body, "payment"), amount }),
    };
    return withEventIds(
      houseBank.identify(callback),
      (meanings.get(gatewayType) ?? ["unknown" as const]).map((type) => ({ type, ...said })),
    );
  },
  acknowledge: () => ({ status: 200, contentType: "text/plain", body: "THANKS" }),
  refuse: () => ({ status: 500, contentType: "text/plain", body: "AGAIN" }),
  sign: (body, settings, now) =>
    signedRequest(
      {
        body,
        now,
        headers: { "content-type": "application/json", "my-signature": signatureOf(settings.secrets[0] ?? "", body) },
      },
      settings,
    ),
};

export const gateways: Gateway[] = [houseBank];

/** What a payment's notice leaves out, asked of the bank's API. */
export const readBacks: Record<string, ReadBack> = {
  "house-bank": {
    url: "https://api.house-bank.example",
    ask: (event) =>
      event.charge === undefined
        ? undefined
        : {
            request: (credential) => ({
              method: "GET",
              path: `/own-payments/${encodeURIComponent(event.charge ?? "")}`,
              headers: { authorization: `Bearer ${credential}` },
            }),
            read(answer) {
              const amount = fromMinor(numberAt(parseJson(answer), "amount"), "JPY");
              return { kind: "completed", events: [amount ? { ...without(event, "amount"), amount } : event] };
            },
          },
  },
};

const written = (type: string, more: object): Written[] => [
  { body: Buffer.from(JSON.stringify({ type, ...more })), reports: meanings.get(type) ?? [] },
];

/** For `holdfast simulate house-bank`, and for the curl that the local stack prints. */
export const writers: Record<string, Writer> = {
  "house-bank": {
    ids: prefixed({ contract: "m_", customer: "c_", charge: "p_", order: "o_", part: "r_" }),
    scenes: {
      started: ({ id, at, contract }) => written("member.joined", { id, at: seconds(at), member: contract }),
      paid: ({ id, at, contract, charge, amount }) =>
        written("payment.done", { id, at: seconds(at), member: contract, payment: charge, amount: amount.minor }),
    },
  },
};

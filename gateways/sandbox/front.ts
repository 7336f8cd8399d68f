/**
 * Sandbox: a gateway that does not exist. The reference for newcomers, and what demos and tests use.
 * Transport: POST, JSON, UTF-8. Proof: `Sandbox-Signature: t=<unix seconds>,v1=<hex>`, HMAC-SHA256 of `<t>.<body>` with the
 * secret's text; strong. Old and future timestamps are refused beyond the tolerance. Id: `id`. Yes: `OK`. No: 500 `NG`.
 */
import { type RawCallback, refused, verified } from "../../core/callback.ts";
import type { EventType, PaymentEvent } from "../../core/event.ts";
import { numberAt, parseJson, textAt } from "../../core/formats/json.ts";
import { fromMinor } from "../../core/formats/money.ts";
import { anyMatches, hmac } from "../../core/signature.ts";
import { fromAllowedAddress } from "../address.ts";
import type { Gateway, SourceSettings } from "../gateway.ts";
import { jsonId } from "../json-id.ts";
import { present, request } from "../request.ts";
import { secretsOf } from "../secrets.ts";
import { senderOf } from "../sender.ts";

const signatureHeader = "sandbox-signature";
/** Five minutes: what Stripe and Standard Webhooks use. Shorter refuses gateways with slow clocks, longer widens the replay window. */
const defaultToleranceSeconds = 300;

const meanings: Readonly<Record<string, EventType>> = {
  "charge.authorized": "charge.authorized",
  "charge.succeeded": "charge.succeeded",
  "charge.failed": "charge.failed",
  "charge.refunded": "charge.refunded",
  "charge.voided": "charge.voided",
  "card.verified": "card.verified",
  "contract.started": "contract.started",
  "contract.renewed": "contract.renewed",
  "contract.past_due": "contract.past_due",
  "contract.paused": "contract.paused",
  "contract.resumed": "contract.resumed",
  "contract.cancelled": "contract.cancelled",
  "contract.expired": "contract.expired",
  ping: "notice",
};

export const sandbox: Gateway = {
  name: "sandbox",
  facts: {
    title: "Sandbox",
    sources: ["this repository"],
    confidence: "H",
    proof: "Sandbox-Signature: t, v1; HMAC-SHA256 (hex) of t.body",
    strength: "signature",
    key: "id",
    charset: "UTF-8",
    deadlineSeconds: undefined,
    retries: "whatever the simulator is told",
    announces: "charges, card checks and contract states",
  },
  methods: ["POST"],
  unproven: "refuse",
  unprovenStatus: 401,

  verify(raw, settings) {
    if (!fromAllowedAddress(raw, settings)) return refused("the sender is not one of the source's addresses");
    const header = raw.headers[signatureHeader];
    if (!header) return refused("the header Sandbox-Signature is missing");
    const fields = header.split(",").map((field) => field.split("=", 2) as [string, string | undefined]);
    const timestamp = fields.find(([name]) => name === "t")?.[1];
    const signatures = fields.flatMap(([name, value]) => (name === "v1" && value ? [value] : []));
    if (!timestamp || !/^\d{1,12}$/.test(timestamp)) return refused("Sandbox-Signature carries no timestamp");
    if (
      !anyMatches(
        signatures,
        secretsOf(settings).map((secret) => signatureOf(secret, timestamp, raw.body)),
      )
    )
      return refused("no signature matches any of the source's secrets");
    return withinTolerance(raw, Number(timestamp), settings) ? verified(raw) : refused("the timestamp lies outside the tolerance");
  },

  identify: (callback) => jsonId(callback),

  parse(callback) {
    const body = parseJson(callback.body);
    const gatewayType = textAt(body, "type");
    if (!gatewayType) throw new Error("the body is not JSON with a type");
    const amount = fromMinor(numberAt(body, "amount"), textAt(body, "currency"));
    const created = numberAt(body, "created");
    const event: PaymentEvent = {
      id: this.identify(callback),
      type: Object.hasOwn(meanings, gatewayType) ? (meanings[gatewayType] as EventType) : "unknown",
      gatewayType,
      occurredAt: created === undefined ? callback.receivedAt : created * 1000,
      ...present({
        contract: textAt(body, "contract"),
        charge: textAt(body, "charge"),
        customer: textAt(body, "customer"),
        order: textAt(body, "order"),
        refund: textAt(body, "refund"),
        reason: textAt(body, "reason"),
      }),
      ...(amount && { amount }),
    };
    return [event];
  },

  acknowledge: () => ({ status: 200, contentType: "text/plain; charset=utf-8", body: "OK" }),
  refuse: () => ({ status: 500, contentType: "text/plain; charset=utf-8", body: "NG" }),

  sign(body, settings, now) {
    const timestamp = String(Math.floor(now / 1000));
    const signature = signatureOf(settings.secrets[0] ?? "", timestamp, body);
    const headers = { "content-type": "application/json", [signatureHeader]: `t=${timestamp},v1=${signature}` };
    return request({ body, now, headers, ...senderOf(settings) });
  },
};

const signatureOf = (secret: string, timestamp: string, body: Uint8Array): string => hmac("sha256", secret, [`${timestamp}.`, body], "hex");

const withinTolerance = (raw: RawCallback, timestamp: number, settings: SourceSettings): boolean =>
  Math.abs(raw.receivedAt / 1000 - timestamp) <= (settings.toleranceSeconds ?? defaultToleranceSeconds);

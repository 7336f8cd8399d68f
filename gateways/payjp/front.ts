/**
 * PAY.JP (v1 API). Transport: POST, JSON, UTF-8. Proof: `X-Payjp-Webhook-Token` equals the account's token; weak: whoever sees one
 * callback can make others, and the body is not covered. Read `GET /v1/events/:id` back before acting on large amounts.
 * Id: `id` (evnt_...). Yes: 200, an empty body will do. No: anything but 2xx; told again every 3 minutes, 3 times.
 * `charge.succeeded` of a charge with `captured: false` is an authorisation; `charge.captured` takes the money, and where it
 * takes less, the rest is in `amount_refunded`. A refund of what was never captured is a void. `amount_refunded` is all that was
 * ever refunded of a charge, so the refund told last replaces the ones before.
 * A card that is stored is checked by PAY.JP itself (0 yen since 2026-07, before that 11), and no charge is announced for it.
 * Medium confidence: the objects' fields; low: that a failed renewal is told as `charge.failed` and `subscription.paused`.
 * https://docs.pay.jp/v1/webhook https://github.com/payjp/payjp-go/blob/master/v1/event.go https://pay.jp/info/2026-07-17-150000
 */
import { refused, verified } from "../../core/callback.ts";
import type { EventType, PaymentEvent } from "../../core/event.ts";
import { at, numberAt, parseJson, textAt } from "../../core/formats/json.ts";
import { fromMinor, type Money } from "../../core/formats/money.ts";
import { anyMatches } from "../../core/signature.ts";
import { fromAllowedAddress } from "../address.ts";
import { amountFrom } from "../amount.ts";
import type { Gateway } from "../gateway.ts";
import { jsonId } from "../json-id.ts";
import { numbered } from "../numbered.ts";
import { present, request } from "../request.ts";
import { secretsOf } from "../secrets.ts";
import { senderOf } from "../sender.ts";

const tokenHeader = "x-payjp-webhook-token";

const subscriptionMeanings = new Map<string, EventType>([
  ["subscription.created", "contract.started"],
  ["subscription.renewed", "contract.renewed"],
  ["subscription.paused", "contract.paused"],
  ["subscription.resumed", "contract.resumed"],
  ["subscription.canceled", "contract.cancelled"],
  ["subscription.deleted", "contract.cancelled"],
]);

/** An update that finds a subscription active may end a pause; of one that was active all along it changes nothing. */
const statusMeanings = new Map<string, EventType>([
  ["trial", "contract.resumed"],
  ["active", "contract.resumed"],
  ["paused", "contract.paused"],
  ["canceled", "contract.cancelled"],
]);

const noticed = /^(charge\.updated$|customer\.|plan\.|transfer\.|token\.|tenant\.|statement\.|balance\.|term\.)/;

export const payjp: Gateway = {
  name: "payjp",
  facts: {
    title: "PAY.JP",
    sources: [
      "https://docs.pay.jp/v1/webhook",
      "https://github.com/payjp/payjp-go/blob/master/v1/event.go",
      "https://pay.jp/info/2026-07-17-150000",
    ],
    confidence: "M",
    proof: "X-Payjp-Webhook-Token equals the account's token; the body is not covered",
    strength: "shared token",
    key: "id",
    charset: "UTF-8",
    deadlineSeconds: undefined,
    retries: "every 3 minutes, 3 times",
    announces: "charges, refunds, subscriptions, customers and cards; never disputes or card checks",
  },
  methods: ["POST"],
  unproven: "refuse",
  unprovenStatus: 401,
  needsReadBack: "nothing as a rule; its token is weak, so every event can be read back to confirm it",

  verify(raw, settings) {
    if (!fromAllowedAddress(raw, settings)) return refused("the sender is not one of the source's addresses");
    const token = raw.headers[tokenHeader];
    if (!token) return refused("the header X-Payjp-Webhook-Token is missing");
    return anyMatches([token], secretsOf(settings)) ? verified(raw) : refused("X-Payjp-Webhook-Token matches none of the source's secrets");
  },

  identify: (callback) => jsonId(callback),

  parse(callback) {
    const body = parseJson(callback.body);
    const gatewayType = textAt(body, "type");
    if (!gatewayType) throw new Error("the body is not a PAY.JP event: it has no type");
    const created = numberAt(body, "created");
    const common = {
      gatewayType,
      occurredAt: created !== undefined && Number.isSafeInteger(created * 1_000) ? created * 1_000 : callback.receivedAt,
    };
    return numbered(
      this.identify(callback),
      told(gatewayType, at(body, "data")).map((event) => ({ ...common, ...event })),
    );
  },

  acknowledge: () => ({ status: 200, contentType: "text/plain; charset=utf-8", body: "" }),
  refuse: () => ({ status: 500, contentType: "text/plain; charset=utf-8", body: "" }),

  sign: (body, settings, now) =>
    request({
      body,
      now,
      headers: { "content-type": "application/json", [tokenHeader]: settings.secrets[0] ?? "" },
      ...senderOf(settings),
    }),
};

type Told = Pick<PaymentEvent, "type"> & Partial<PaymentEvent>;

const told = (gatewayType: string, data: unknown): readonly Told[] => {
  const charge = aboutCharge(gatewayType, data);
  if (charge) return charge;
  const subscription =
    gatewayType === "subscription.updated" ? statusMeanings.get(textAt(data, "status") ?? "") : subscriptionMeanings.get(gatewayType);
  if (subscription) return [{ type: subscription, ...present({ contract: textAt(data, "id"), customer: textAt(data, "customer") }) }];
  return [{ type: noticed.test(gatewayType) ? "notice" : "unknown" }];
};

const aboutCharge = (gatewayType: string, data: unknown): readonly Told[] | undefined => {
  const known = present({
    charge: textAt(data, "id"),
    contract: textAt(data, "subscription"),
    customer: textAt(data, "customer"),
  });
  const amount = moneyAt(data, "amount");
  const refundedAmount = moneyAt(data, "amount_refunded");
  const refund: Told = {
    type: "charge.refunded",
    ...known,
    ...amountFrom(refundedAmount),
    ...present({ reason: textAt(data, "refund_reason") }),
  };
  const isCaptured = at(data, "captured") !== false;
  switch (gatewayType) {
    case "charge.succeeded":
      return [{ type: isCaptured ? "charge.succeeded" : "charge.authorized", ...known, ...amountFrom(amount) }];
    case "charge.captured":
      return [{ type: "charge.succeeded", ...known, ...amountFrom(amount) }, ...(refundedAmount?.minor ? [refund] : [])];
    case "charge.failed":
      return [
        {
          type: "charge.failed",
          ...known,
          ...amountFrom(amount),
          ...present({ reason: textAt(data, "failure_code") ?? textAt(data, "failure_message") }),
        },
      ];
    case "charge.refunded":
      return [isCaptured ? refund : { ...refund, type: "charge.voided", ...amountFrom(amount) }];
    case "charge.updated":
      return [{ type: "notice", ...known }];
    default:
      return undefined;
  }
};

const moneyAt = (data: unknown, field: string): Money | undefined => fromMinor(at(data, field), at(data, "currency"));

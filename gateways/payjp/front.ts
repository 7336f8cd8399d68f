/**
 * PAY.JP (v1 API). Transport: POST, JSON, UTF-8. Proof: `X-Payjp-Webhook-Token` equals the account's token; weak: anyone who sees one
 * callback can make others, and the body is not covered. Read `GET /v1/events/:id` back before acting on large amounts.
 * Id: `id` (evnt_...). Ack: 200, an empty body will do. Nack: anything but 2xx; redelivered every 3 minutes, 3 times.
 * `charge.succeeded` of a charge with `captured: false` is an authorisation; `charge.captured` takes the money, and where it
 * takes less, the rest is in `amount_refunded`. A refund of what was never captured is a void. `amount_refunded` is the total
 * refunded so far, so the latest refund replaces those before.
 * A card that is stored is checked by PAY.JP itself (0 yen since 2026-07, before that 11), and no charge is announced for it.
 * Medium confidence: the objects' fields; low: that a failed renewal is reported as `charge.failed` and `subscription.paused`.
 * https://docs.pay.jp/v1/webhook https://github.com/payjp/payjp-go/blob/master/v1/event.go https://pay.jp/info/2026-07-17-150000
 */
import { refused, verified } from "../../core/callback.ts";
import { anyMatches } from "../../core/signature.ts";
import type { Front, Sign } from "../gateway.ts";
import { byStatus, jsonId, jsonWithout, signedRequest, usableSecrets } from "../kit/kit.ts";

const tokenHeader = "x-payjp-webhook-token";

export const front: Front = {
  name: "payjp",
  strength: "shared token",
  methods: ["POST"],
  onUnverified: "refuse",
  unverifiedStatus: 401,

  verify(raw, settings) {
    const token = raw.headers[tokenHeader];
    if (!token) return refused("the header X-Payjp-Webhook-Token is missing");
    return anyMatches([token], usableSecrets(settings))
      ? verified(raw)
      : refused("X-Payjp-Webhook-Token matches none of the source's secrets");
  },

  identify: (callback) => jsonId(callback),

  /** The number of endpoints that have not answered yet: each attempt may say another. */
  content: (callback) => jsonWithout(callback, "pending_webhooks"),

  ...byStatus,
};

export const sign: Sign = (body, settings, now) =>
  signedRequest(
    {
      body,
      now,
      headers: { "content-type": "application/json", [tokenHeader]: settings.secrets[0] ?? "" },
    },
    settings,
  );

/** What every gateway sends in the simulator's stories, and what its own meaning makes of it. */
import { generateKeyPairSync } from "node:crypto";
import type { PaymentEvent } from "../../core/event.ts";
import { verifyCallback } from "../../core/receive/verify-callback.ts";
import { type Gateway, gateways, type SourceSettings } from "../../gateways/index.ts";
import { signCallback, story } from "../../simulator/callbacks.ts";
import { stories } from "../../simulator/stories.ts";

/** What a gateway sends at each kind of moment: its own types, and the events they mean. */
export const playedBy = (): ReadonlyMap<string, ReadonlyMap<string, readonly PaymentEvent[]>> =>
  new Map(
    Object.values<Gateway>(gateways).map((gateway) => {
      const settings = rehearsal(gateway);
      const sent = new Map<string, PaymentEvent[]>();
      for (const name of Object.keys(stories))
        for (const callback of story(gateway.name, { story: name, options: settings.options ?? {} })) {
          const { kind } = callback.moment;
          sent.set(kind, [...(sent.get(kind) ?? []), ...parsed(gateway, settings, callback)]);
        }
      return [gateway.name, sent] as const;
    }),
  );

const parsed = (gateway: Gateway, settings: SourceSettings, callback: ReturnType<typeof story>[number]): readonly PaymentEvent[] => {
  const raw = signCallback(gateway, callback, settings, { source: "docs", url, now: callback.sentAt });
  const outcome = verifyCallback(gateway, raw, settings);
  if (outcome.kind === "refused") throw new Error(`${gateway.name} rejects what the simulator writes for it: ${outcome.reason}`);
  return gateway.parse(outcome.callback, settings);
};

const url = "https://callbacks.example.com/callbacks/docs";

/** Settings under which a gateway accepts what the simulator sends. */
const rehearsal = ({ name }: Gateway): SourceSettings => {
  const usual: SourceSettings = { secrets: ["00112233445566778899aabbccddeeff"], publicUrl: url };
  switch (name) {
    case "braintree":
      return { ...usual, options: { publicKey: "public_key" } };
    case "gmo-pg":
      return { ...usual, options: { shopId: "tshop00000001" } };
    case "hmac":
      return { ...usual, options: hmacExample };
    case "paypal": {
      const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
      const pem = { type: "spki", format: "pem" } as const;
      return {
        ...usual,
        secrets: [privateKey.export({ type: "pkcs8", format: "pem" }).toString()],
        options: { webhookId: "1JE4291016473214C", publicKey: publicKey.export(pem).toString() },
      };
    }
    default:
      return usual;
  }
};

/** An unknown gateway, described by its source's options. */
const hmacExample = {
  header: "x-signature",
  idPointer: "/id",
  typePointer: "/type",
  events: "payment.paid=charge.succeeded, payment.refused=charge.failed, member.joined=contract.started, member.left=contract.cancelled",
  contractPointer: "/member",
  chargePointer: "/payment",
  amountPointer: "/amount",
  currency: "JPY",
  occurredAtPointer: "/at",
};

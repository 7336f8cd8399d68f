/**
 * An event of a gateway that is a partner of EventBridge, as a callback. Nobody but the partner can put events on its bus, so AWS has
 * verified the sender before the event is seen here; and the event's `detail` is what the gateway would have posted.
 */
import { type Millis, type VerifiedCallback, verified } from "../callback.ts";
import type { Config } from "../config/config.ts";

/** What EventBridge hands over, as far as it is used. */
export interface PartnerEvent {
  /** EventBridge's own. The record's is the gateway's, in `detail`. */
  readonly id: string;
  /** The bus's name. */
  readonly source: string;
  readonly "detail-type": string;
  readonly detail: unknown;
}

/** The source of the configuration whose events are on that bus. */
export const sourceOnBus = ({ sources }: Pick<Config, "sources">, bus: string): string | undefined =>
  Object.entries(sources).find(([, source]) => source.kind === "eventbridge" && source.bus === bus)?.[0];

/** Never throws. Its headers are EventBridge's envelope: no gateway has sent any. */
export const busCallback = (source: string, event: PartnerEvent, receivedAt: Millis): VerifiedCallback =>
  verified({
    source,
    method: "POST",
    url: `eventbridge:${event.source}`,
    headers: {
      "content-type": "application/json",
      "eventbridge-id": String(event.id),
      "eventbridge-detail-type": String(event["detail-type"]),
    },
    body: Buffer.from(JSON.stringify(event.detail ?? null)),
    sourceIp: "",
    receivedAt,
  }).callback;

/** The part of a gateway that deliveries need. */

import type { RawCallback, Reply } from "../../core/callback.ts";
import type { PublicSettings } from "../../core/config/config.ts";
import type { Aging } from "../../core/delivery/aging.ts";
import type { CallbackRecord } from "../../core/record.ts";

export interface DeliveredGateway {
  readonly aging?: Aging;
  /** What we answer to be sent a callback again. */
  refuse?(raw: RawCallback, settings?: PublicSettings): Reply;
  readonly facts: {
    readonly headers?: readonly string[];
    readonly headerOptions?: readonly string[];
    readonly rejections?: readonly RegExp[];
  };
}

/** The headers of a gateway's own, with those that the source's options name; undefined where they are not known. */
export const headersOf = (gateway: DeliveredGateway | undefined, { options = {} }: PublicSettings): readonly string[] | undefined => {
  const { headers, headerOptions = [] } = gateway?.facts ?? {};
  const named = headerOptions.flatMap((option) => (options[option] ?? "").split(","));
  return headers && [...headers, ...named.map((name) => name.trim().toLowerCase()).filter(Boolean)];
};

/**
 * Whether an answer with a good status asks, in the gateway's own word, to be sent the callback again: the word we would answer, or
 * one of those that are listed.
 */
export const isRejection = (
  gateway: DeliveredGateway | undefined,
  { raw }: Pick<CallbackRecord, "raw">,
  settings: PublicSettings,
  answer: string,
): boolean => {
  if (gateway?.facts.rejections?.some((rejection) => rejection.test(answer))) return true;
  const ours = gateway?.refuse?.(raw, settings);
  return ours !== undefined && ours.status < 300 && ours.body !== "" && Buffer.from(ours.body).toString("utf8").trim() === answer;
};

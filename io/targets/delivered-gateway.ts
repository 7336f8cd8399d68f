/** The part of a gateway that deliveries need. */
import type { Aging } from "../../core/aging.ts";
import type { PublicSettings } from "../../core/config/config.ts";

export interface DeliveredGateway {
  readonly aging?: Aging;
  readonly facts: { readonly headers?: readonly string[]; readonly headerOptions?: readonly string[] };
}

/** The headers of a gateway's own, with those that the source's options name; undefined where they are not known. */
export const headersOf = (gateway: DeliveredGateway | undefined, { options = {} }: PublicSettings): readonly string[] | undefined => {
  const { headers, headerOptions = [] } = gateway?.facts ?? {};
  const named = headerOptions.flatMap((option) => (options[option] ?? "").split(","));
  return headers && [...headers, ...named.map((name) => name.trim().toLowerCase()).filter(Boolean)];
};

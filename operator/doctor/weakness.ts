/** How strongly a source's callbacks are verified, as it is configured, and what can be added where that is weak. */
import type { SourceConfig } from "../../core/config/config.ts";
import { counted } from "../../core/formats/counted.ts";
import type { Gateway } from "../../gateways/index.ts";

type Verified = Pick<Gateway, "strength" | "addresses" | "readBack">;

export interface Strength {
  readonly text: string;
  /** What the proof does not show, and what to add: absent where it covers sender and bytes. */
  readonly weakness?: string;
}

export const strengthOf = (gateway: Verified, { addresses = [], options }: SourceConfig): Strength => {
  const readBack =
    gateway.readBack && !options?.readBackSecret
      ? " name the API's credential in options.readBackSecret, so that amounts are read back;"
      : "";
  const keepSecret = "keep the source's name secret, which is the only unknown part of its URL";
  const blocks = addresses.length > 0 ? counted(addresses.length, "block") : `${gateway.addresses?.length ?? 0} published`;
  switch (gateway.strength) {
    case "signature":
      return { text: "signature" };
    case "shared token":
      return addresses.length > 0
        ? { text: "shared token and source address" }
        : {
            text: "shared token",
            weakness: `anyone who has seen one callback can make others: set \`addresses\` to the gateway's own;${readBack} ${keepSecret}`,
          };
    case "source address":
    case "none":
      return addresses.length > 0 || gateway.addresses?.length
        ? {
            text: `source address (${blocks})`,
            weakness: `nothing in a callback proves what it says, only where it was sent from:${readBack} ${keepSecret}`,
          }
        : {
            text: "nothing: anybody who knows the URL can send",
            weakness: `anybody who knows the URL can send one: set \`addresses\` to the gateway's own;${readBack} ${keepSecret}`,
          };
    default:
      return gateway.strength satisfies never;
  }
};

export const weakness = (gateway: Verified, settings: SourceConfig): string | undefined => strengthOf(gateway, settings).weakness;

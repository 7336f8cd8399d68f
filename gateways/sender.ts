/** Who `sign` says it is. */
import type { SourceSettings } from "./gateway.ts";

/** One of the addresses the source accepts, as a field for `request`; nothing when it accepts any. */
export const senderOf = (settings: Pick<SourceSettings, "addresses">): { readonly sourceIp?: string } => {
  const sourceIp = settings.addresses?.[0]?.split("/")[0]?.trim();
  return sourceIp ? { sourceIp } : {};
};

/** For gateways that sign nothing but publish the addresses they send from. */
import type { SourceSettings } from "./gateway.ts";

/** The addresses a callback may come from: the source's own, or where it has none, those the gateway publishes. Never empty. */
export const withPublished = (
  settings: Pick<SourceSettings, "addresses">,
  published: readonly [string, ...string[]],
): { readonly addresses: readonly string[] } => ({ addresses: settings.addresses?.length ? settings.addresses : published });

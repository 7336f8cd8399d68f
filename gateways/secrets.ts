/** A source's secrets, as far as they prove anything. */
import type { SourceSettings } from "./gateway.ts";

/** Without those that are empty or white space: everybody knows them, so everybody could sign with them. */
export const secretsOf = (settings: Pick<SourceSettings, "secrets">): readonly string[] =>
  settings.secrets.filter((secret) => secret.trim() !== "");

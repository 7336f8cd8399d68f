/** Secrets that are wrong and look right. */

/** Another secret of the same kind: hex stays hex, base64 stays base64, and a prefix such as `whsec_` stays. */
export const anotherSecret = (secret: string): string => {
  const prefix = /^[a-z]+_/.exec(secret)?.[0] ?? "";
  return prefix + secret.slice(prefix.length).replace(/[0-9a-zA-Z]/g, nextOfItsKind);
};

const kinds = ["0123456789", "abcdef", "ghijklmnopqrstuvwxyz", "ABCDEF", "GHIJKLMNOPQRSTUVWXYZ"];

const nextOfItsKind = (character: string): string => {
  const kind = kinds.find((characters) => characters.includes(character)) ?? character;
  return kind[(kind.indexOf(character) + 1) % kind.length] ?? character;
};

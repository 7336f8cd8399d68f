/** Regular expressions with one part dropped or turned round. */

const opposites: Readonly<Record<string, string>> = { d: "D", D: "d", s: "S", S: "s", w: "W", W: "w", b: "B", B: "b" };

/** A token of a pattern: an escape, the head of a group, a bounded repetition, or one character. */
const tokens = /\\.|\(\?(?:<?[=!]|:|<\w+>)|\{\d+(?:,\d*)?\}|[\s\S]/gu;

/** @param literal as it is written: `/^a+$/u`. */
export const regexChanges = (literal: string): string[] => {
  const end = literal.lastIndexOf("/");
  const [pattern, flags] = [literal.slice(1, end), literal.slice(end + 1)];
  const changed: string[] = [];
  let inClass = false;
  for (const { 0: token, index } of pattern.matchAll(tokens)) {
    const put = (text: string): void => {
      changed.push(`/${pattern.slice(0, index)}${text}${pattern.slice(index + token.length)}/${flags}`);
    };
    const opposite = token.startsWith("\\") ? opposites[token[1] ?? ""] : undefined;
    if (opposite) put(`\\${opposite}`);
    else if (token === "[" && !inClass) inClass = true;
    else if (token === "]") inClass = false;
    else if (inClass) {
      if (token === "^" && pattern[index - 1] === "[") put("");
    } else if (token === "^" || token === "$" || token === "?" || token === "*" || token === "+") put("");
    else if (/^\{\d/.test(token)) for (const bounds of neighbouring(token)) put(bounds);
  }
  return [...changed, ...[...flags].map((flag) => `/${pattern}/${flags.replace(flag, "")}`)];
};

/** `{2,5}` as `{3,5}` and `{2,6}`. */
const neighbouring = (bounds: string): string[] =>
  [...bounds.matchAll(/\d+/g)].map(
    ({ 0: number, index }) => `${bounds.slice(0, index)}${Number(number) + 1}${bounds.slice(index + number.length)}`,
  );

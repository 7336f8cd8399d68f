/** The generated parts of a page that is otherwise written by hand: each between two marks that bear its name. */

/** The page with that part written again. Throws when a mark is missing. */
export const withPart = (page: string, name: string, lines: readonly string[]): string => {
  const [, before, after] = new RegExp(`^(.*<!-- ${name}: [^\\n]* -->\\n).*(<!-- end of ${name} -->.*)$`, "s").exec(page) ?? [];
  if (before === undefined || after === undefined) throw new Error(`the page has lost the marks around "${name}"`);
  return `${before}${lines.join("\n")}\n${after}`;
};

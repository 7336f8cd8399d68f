/**
 * A payment's number as a customer writes it - in full-width digits, with spaces, hyphens and words around it - and how it may be written in the
 * ledger (R-BACK-2). Nothing is guessed: each spelling is looked up as it is, the closest first.
 */

/** Invisible characters, which are pasted with it, and quotes and brackets around it. */
const invisible = /[\p{Cf}\p{Cc}]/gu;
const around = /^[\s"'`“”‘’「」『』【】()[\]<>]+|(?:です)?[\s"'`“”‘’「」『』【】()[\]<>.,;。、]*$/g;
/** Between letters and digits the sign for a long vowel is a hyphen that was typed with a Japanese keyboard. */
const hyphens = /[\p{Pd}\u2212\u30fb\u00b7]|(?<=[\p{L}\p{N}])\u30fc(?=[\p{L}\p{N}])/gu;
/** What is commonly written before it. */
const label =
  /^(?:(?:ご|お)?(?:注文|決済|支払い?|取引|受付|申込み?|購入|予約|会員)?(?:番号|コード|id|no\.?)|(?:order|payment|transaction|charge|invoice|reference|receipt)(?:\s*(?:number|no\.?|nr\.?|id))?|number|nr\.?|ref\.?|#)(?:\s*[:=#は]|\s|(?<=[.#号])|(?=[#\d]))/i;

/** Longer ones are looked up as they are. */
const longest = 200;

/** The spellings in groups, the closest first: as typed; cleaned of what is around it; then without what is within it, and in other cases. */
export const spellingsOf = (typed: string, like?: string): readonly (readonly string[])[] => {
  const asTyped = typed.trim();
  if (asTyped.length > longest) return [[asTyped]];
  const clean = typed.normalize("NFKC").replace(invisible, "").replace(hyphens, "-").replace(around, "");
  const stages = withoutLabels(clean);
  const bare = stages.at(-1) ?? clean;
  const joined = stages.map((text) => text.replace(/\s/g, ""));
  const open = stages.flatMap((text) => [text.replace(/[\s-]/g, ""), text.replace(/\s+/g, "-")]);
  const shaped = like === undefined ? [] : [shapedLike(like, bare)].flatMap((text) => text ?? []);
  const cased = (some: readonly string[]) => some.flatMap((text) => [text.toUpperCase(), text.toLowerCase()]);
  return grouped([[asTyped], stages, joined, [...open, ...shaped], cased([...joined, ...open])]);
};

/** The same letters and digits, with the marks of an example, and with the letters it begins with where these are left out; undefined where it does not fit. */
export const shapedLike = (like: string, text: string): string | undefined => {
  const rest = [...text.replace(/[^\p{L}\p{N}]/gu, "")];
  if (rest.length === 0) return undefined;
  const shape = [...like];
  const shaped = shape
    .toReversed()
    .map((sign) => (/[\p{L}\p{N}]/u.test(sign) ? (rest.pop() ?? (/\p{L}/u.test(sign) ? sign : undefined)) : sign));
  return rest.length > 0 || shaped.includes(undefined) ? undefined : shaped.toReversed().join("");
};

/** Each stage: "Order no. #123" has three words before it, and in "# ID7" nobody knows whether the second is one. */
const withoutLabels = (text: string): readonly string[] => {
  const rest = text.replace(label, "").replace(around, "");
  return rest === text ? [text] : [text, ...withoutLabels(rest)];
};

/** Each once, in the first group that has it. */
const grouped = (groups: readonly (readonly string[])[]): readonly (readonly string[])[] => {
  const seen = new Set([""]);
  return groups
    .map((group) =>
      [...new Set(group)].filter((text) => {
        if (seen.has(text)) return false;
        seen.add(text);
        return true;
      }),
    )
    .filter((group) => group.length > 0);
};

/** Currencies as exports write them. */

/** GMO writes yen as JPN. */
const alsoCalled: Readonly<Record<string, string>> = { JPN: "JPY", 円: "JPY" };

const codes: ReadonlySet<string> = new Set(Intl.supportedValuesOf("currency"));

/** ISO 4217, upper case; undefined for anything else: of a code that does not exist nobody knows how many decimals it has. */
export const readCurrency = (text: string): string | undefined => {
  const upper = text.normalize("NFKC").trim().toUpperCase();
  if (Object.hasOwn(alsoCalled, upper)) return alsoCalled[upper];
  return codes.has(upper) ? upper : undefined;
};

/** What a file cannot say of itself, and an operator has to: by a flag, or in the mapping. Nothing is guessed. */
import type { DateRule, Layout } from "../../../mapping/layout.ts";
import type { NumberForm } from "../../../values/number-text.ts";

export interface Stated {
  /** IANA, or hours ahead of UTC: `+09:00`. */
  readonly zone?: string;
  /** What this file's names of zones mean. */
  readonly zones?: Readonly<Record<string, string>>;
  /** Of `12/11/2026`: the day comes first. */
  readonly dayFirst?: boolean;
  /** Formats of dates besides those of the layout. */
  readonly dates?: readonly string[];
  readonly numbers?: NumberForm;
  /** ISO 4217. */
  readonly currency?: string;
  readonly charset?: string;
  readonly separator?: string;
  /** Columns that are not looked at, whatever is in them. */
  readonly skip?: readonly string[];
}

/** What is missing before a file can be read. */
export type Fact =
  | { readonly kind: "zone"; readonly columns: readonly string[] }
  /** `isMixed`: the lines of the file disagree. */
  | { readonly kind: "date order"; readonly columns: readonly string[]; readonly isMixed: boolean }
  | { readonly kind: "numbers"; readonly columns: readonly string[]; readonly isMixed: boolean }
  | { readonly kind: "currency" };

const listed = (columns: readonly string[]): string => columns.map((column) => `"${column}"`).join(" and ");

type Sentences = { readonly [Kind in Fact["kind"]]: (fact: Extract<Fact, { readonly kind: Kind }>) => string };

const sentences: Sentences = {
  zone: ({ columns }) =>
    `${listed(columns)}: the file does not say in which time zone its times are. Say it with --zone, for example --zone Asia/Tokyo or --zone UTC.`,
  "date order": ({ columns, isMixed }) =>
    `${listed(columns)}: ${isMixed ? "some lines can only have the day first, and others only the month" : "no line shows whether the day or the month comes first"}. Say it with --date-order day-first or --date-order month-first.`,
  numbers: ({ columns, isMixed }) =>
    `${listed(columns)}: ${isMixed ? "some lines can only have a decimal point, and others only a decimal comma" : "no line shows whether 1,234 is a thousand or one and a fraction"}. Say it with --decimal . or --decimal ,`,
  currency: () => "The file does not say in which currency its amounts are. Say it with --currency, for example --currency JPY.",
};

export const factText = (fact: Fact): string => (sentences[fact.kind] as (one: Fact) => string)(fact);

/** Of a rule with an order that the file cannot show: the format that was given. Undefined when nothing was, or neither fits. */
export const statedFormat = (oneOf: readonly string[], { dayFirst }: Stated): string | undefined =>
  dayFirst === undefined ? undefined : oneOf.find((format) => isDayFirst(format) === dayFirst);

const isDayFirst = (format: string): boolean => format.search(/d/) < format.search(/M/);

/** Facts that no look at the file can give. @param dates the rules that are used */
export const missingFacts = (layout: Layout, dates: readonly DateRule[], stated: Stated): readonly Fact[] => [
  ...dates.flatMap(({ columns, zone, formats = [], oneOf = [] }): readonly Fact[] =>
    zone !== undefined || stated.zone !== undefined || [...formats, ...oneOf].some(hasOffset) ? [] : [{ kind: "zone", columns }],
  ),
  ...(layout.about === "money" && layout.currency === undefined && stated.currency === undefined ? [{ kind: "currency" as const }] : []),
];

/** A text in that format can say how far its clocks are ahead of UTC. Lines that do not are named. */
export const hasOffset = (format: string): boolean => ["iso", "unix", "unix-ms"].includes(format) || format.includes("Z");

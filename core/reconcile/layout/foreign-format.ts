/** What is downloaded or kept in the place of CSV, known by its first bytes: no reading of it as text would mean anything. */

export interface Foreign {
  /** As "it is ..." goes on. */
  readonly what: string;
  readonly remedy: string;
}

/** As many as tell them apart: a workbook names its first part behind its first thirty bytes. */
export const foreignBytes = 1_024;

const workbook: Foreign = {
  what: "an Excel workbook",
  remedy:
    'Fetch the export as CSV; where there is none, save it in Excel as "CSV UTF-8", with the columns of long numbers formatted as text, or Excel cuts them',
};
const unpack = (what: string): Foreign => ({ what, remedy: "Unpack it, and name the CSV file that is in it" });
const page = (what: string): Foreign => ({
  what,
  remedy: "The sign-in there may have run out: sign in again, fetch the export as CSV, and look at it in a text editor",
});

type Test = (begin: string) => boolean;
const begins =
  (...some: readonly string[]): Test =>
  (begin) =>
    some.some((one) => begin.startsWith(one));
const matches =
  (pattern: RegExp): Test =>
  (begin) =>
    pattern.test(begin);

const zip = begins("PK\x03\x04", "PK\x05\x06");
const isWorkbook: Test = (begin) => zip(begin) && /\[Content_Types\]\.xml|_rels\/|xl\/|docProps\//.test(begin);
/** Bytes that no text has, zeros left aside: those are damage, and a line with them is named. ESC changes the charset of some. */
const isBinary: Test = (begin) =>
  [...begin].filter((sign) => (sign > "\0" && sign < "\t") || (sign > "\r" && sign < "\x1b") || (sign > "\x1b" && sign < " ")).length >
  begin.length * 0.05;

/** The first that holds counts. */
const formats: readonly (readonly [is: Test, foreign: Foreign])[] = [
  [isWorkbook, workbook],
  [begins("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), workbook],
  [zip, unpack("a ZIP archive")],
  [begins("\x1f\x8b"), unpack("compressed by gzip")],
  [begins("7z\xbc\xaf\x27\x1c", "Rar!"), unpack("an archive")],
  [
    begins("-----BEGIN PGP"),
    { what: "encrypted by PGP", remedy: "Decrypt it with the key that the gateway was given, and name what comes out" },
  ],
  [begins("%PDF-"), { what: "a PDF", remedy: "Fetch the export as CSV" }],
  [matches(/^\s*<(?:!doctype html|html|head|body|table|meta)[\s>]/i), page("a web page")],
  [matches(/^\s*<\?xml/i), { what: "XML", remedy: "Fetch the export as CSV" }],
  [matches(/^\s*(?:\{\s*"|\[\s*[{\]])/), { what: "JSON", remedy: "Fetch the export as CSV: what an API answers is no export" }],
  [isBinary, { what: "binary", remedy: "Fetch the export as CSV" }],
];

/** Undefined: it may be CSV. @param begin the first bytes of the file, without a byte order mark */
export const foreignFormat = (begin: Uint8Array): Foreign | undefined => {
  const text = String.fromCharCode(...begin.subarray(0, foreignBytes));
  return formats.find(([is]) => is(text))?.[1];
};

import { describe, expect, test } from "vitest";
import { foreignBytes, foreignFormat } from "../../../../core/reconcile/layout/foreign-format.ts";

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (sign) => sign.charCodeAt(0));
const whatIs = (text: string): string | undefined => foreignFormat(bytes(text))?.what;

/** Beginnings of files, as their formats' specifications have them. */
describe.each<[string | undefined, readonly string[]]>([
  [
    "an Excel workbook",
    [
      "PK\x03\x04\x14\0\x06\0\b\0\0\0!\0[Content_Types].xml",
      "PK\x03\x04\x14\0\0\0\b\0_rels/.rels",
      "PK\x03\x04....xl/workbook.xml",
      "PK\x03\x04....docProps/app.xml",
      "PK\x05\x06....xl/",
      "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0",
    ],
  ],
  ["a ZIP archive", ["PK\x03\x04\x14\0\0\0\b\0export.csv", "PK\x05\x06\0\0"]],
  ["compressed by gzip", ["\x1f\x8b\b\0"]],
  ["an archive", ["7z\xbc\xaf\x27\x1c\0\x04", "Rar!\x1a\x07"]],
  ["encrypted by PGP", ["-----BEGIN PGP MESSAGE-----\n"]],
  ["a PDF", ["%PDF-1.7\n"]],
  ["a web page", ["<!DOCTYPE html><html>", "\n <html lang=ja>", "<HTML>", "<head>", "<body\n>", "<table class=x>", "<meta charset=utf-8>"]],
  ["XML", ['<?xml version="1.0"?>', " \n<?XML version"]],
  ["JSON", ['{"data":[]}', ' {\n "data"', "[{}]", "[ ]", "\n[\n{"]],
  ["binary", ["\x01\x02abc", "a\x0e", "\x1a\x1d\x1fabcdefghi", "\b"]],
  [
    undefined,
    [
      "id,amount\n1,1980\n",
      "xl/id,_rels/amount",
      '"id","amount"',
      "PK,amount\n",
      `xPK\x03\x04${"x".repeat(60)}`,
      "[id],amount",
      "{id},amount",
      "[,",
      'x{"a"',
      "<tablet>,amount",
      "x<html>",
      "id<?xml",
      "x%PDF-",
      // ISO-2022-JP begins its characters with ESC; a zero is damage, and is named line by line.
      `\x1b$B<h0z\x1b(B,${"\0".repeat(20)}`,
      "\t\n\v\f\r,\x20~",
      `\x01${"x".repeat(19)}`,
    ],
  ],
])("%s", (what, texts) => {
  test.each(texts)("begins %j", (text) => expect(whatIs(text)).toBe(what));
});

test("more than a twentieth of bytes that no text has is binary", () => {
  expect(whatIs(`\x01\x02${"x".repeat(37)}`)).toBe("binary");
  expect(whatIs(`\x01\x02${"x".repeat(38)}`)).toBeUndefined();
});

test("ends of lines are none of them, and every other control character is", () => {
  expect(whatIs(`\x1c\x1f${"x".repeat(37)}`)).toBe("binary");
  expect(whatIs(`  ${"x".repeat(30)}`)).toBeUndefined();
});

test("only the first bytes are looked at", () => {
  expect(foreignBytes).toBe(1_024);
  expect(whatIs(`PK\x03\x04${".".repeat(1_024 - 7)}xl/`)).toBe("an Excel workbook");
  expect(whatIs(`PK\x03\x04${".".repeat(1_024 - 6)}xl/`)).toBe("a ZIP archive");
});

test.each([
  [
    "PK\x03\x04xl/",
    'Fetch the export as CSV; where there is none, save it in Excel as "CSV UTF-8", with the columns of long numbers formatted as text, or Excel cuts them',
  ],
  ["\x1f\x8b", "Unpack it, and name the CSV file that is in it"],
  ["-----BEGIN PGP", "Decrypt it with the key that the gateway was given, and name what comes out"],
  ["%PDF-", "Fetch the export as CSV"],
  ["<html>", "The sign-in there may have run out: sign in again, fetch the export as CSV, and look at it in a text editor"],
  ["<?xml", "Fetch the export as CSV"],
  ['{"', "Fetch the export as CSV: what an API answers is no export"],
  ["\x01", "Fetch the export as CSV"],
])("of %j an operator reads what to do", (text, remedy) => expect(foreignFormat(bytes(text))?.remedy).toBe(remedy));

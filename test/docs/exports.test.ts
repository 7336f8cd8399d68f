import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { checkMapping } from "../../core/mapping/check-mapping.ts";
import { exportKinds } from "../../gateways/registry/export-kinds.ts";
import { operatorSays } from "../../generate/exports-page.ts";
import { pageFile, pages } from "../../generate/index.ts";

const page = readFileSync(pageFile("exports"), "utf8");

test("docs/exports.md has the kinds of export that `npm run generate -- exports` writes now", () => {
  expect(page).toBe(pages.exports());
  for (const { name, title } of exportKinds) expect(page).toContain(`| \`${name}\` | ${title}`);
});

test("its table says what an operator has to say of a file", () => {
  const says = (name: string) => exportKinds.filter((kind) => kind.name === name).flatMap(operatorSays);
  expect(says("square-transactions")).toEqual([
    "`--currency`",
    "`--zone-name` where several countries use the abbreviation in `Time Zone`",
    "`--date-order` where no line shows it",
  ]);
  expect(says("stripe-itemised")).toEqual(["`--zone` where its times are in `created`"]);
  expect(says("shopify-payments")).toEqual(["`--zone` where a time has no offset"]);
  expect(says("paypal-activity")).toContain("`--decimal` where no line shows it");
  expect(says("paypal-settlement")).toEqual([]);
});

test("its example of a mapping is one", () => {
  const [, example = ""] = /```json\n([\s\S]+?)```/.exec(page) ?? [];
  expect(checkMapping(JSON.parse(example)).kind).toBe("mapping");
});

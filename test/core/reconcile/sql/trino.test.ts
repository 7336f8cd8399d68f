import { expect, test } from "vitest";
import { integer, jsonOf, quoted, textAtPath, textsAtPath } from "../../../../core/reconcile/sql/trino.ts";

test("a text in SQL has its quotes twice: no id ends it", () => {
  expect(quoted("it's 'x'")).toBe("'it''s ''x'''");
});

test("what is read of a JSON text, and written as one, is in Trino's words", () => {
  expect(textAtPath("event", "amount.minor")).toBe("json_extract_scalar(event, '$.amount.minor')");
  expect(textsAtPath("event", "also")).toBe("cast(json_extract(event, '$.also') as array(varchar))");
  expect(jsonOf("ids")).toBe("json_format(cast(ids as json))");
  // A number of a JSON text may be written as 1.98E3.
  expect(integer("minor")).toBe("cast(cast(minor as double) as bigint)");
});

/**
 * Shopify: `test` of an order or a transaction, paid through the test gateway or with test mode on, and of the
 * transactions of a refund, which are all of one order; and `X-Shopify-Test` on what an
 * administrator sends by hand to try an endpoint. https://shopify.dev/docs/api/admin-rest/latest/resources/order
 */
import { at, listAt, parseJson } from "../../core/formats/json.ts";
import type { ModeOf } from "../gateway.ts";
import { modeOfTestFlag } from "../kit/mode-flag.ts";

export const modeOf: ModeOf = ({ body, headers }) => {
  if (headers["x-shopify-test"] === "true") return "test";
  const said = parseJson(body);
  return modeOfTestFlag(at(said, "test")) ?? modeOfTestFlag(at(listAt(said, "transactions")[0], "test"));
};

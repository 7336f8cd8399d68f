/**
 * Shopify: `test` of an order or a transaction, paid through the test gateway or with test mode on; and `X-Shopify-Test` on what an
 * administrator sends by hand to try an endpoint. https://shopify.dev/docs/api/admin-rest/latest/resources/order
 */
import { at, parseJson } from "../../core/formats/json.ts";
import type { ModeOf } from "../gateway.ts";
import { modeOfTestFlag } from "../kit/mode-flag.ts";

export const modeOf: ModeOf = ({ body, headers }) =>
  headers["x-shopify-test"] === "true" ? "test" : modeOfTestFlag(at(parseJson(body), "test"));

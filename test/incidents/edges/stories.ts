/** Each story, and the gateways whose people it is told of: those whose callbacks can say it. */
import { doubles } from "./doubles.ts";
import { grants, unspokenOf } from "./grants.ts";
import { leaving } from "./leaving.ts";
import { checks, disputes, refunds, refundsUnseen } from "./money.ts";
import { odd, restarts } from "./odd.ts";
import { renewals } from "./renewals.ts";
import type { Edges, GatewayName } from "./stage.ts";

const ending = [
  "komoju",
  "square",
  "adyen",
  "braintree",
  "sbps",
  "stripe",
  "paypal",
  "payjp",
  "paddle",
] as const satisfies readonly GatewayName[];

export const stories: readonly (readonly [string, Edges, readonly GatewayName[]])[] = [
  ["grants", grants, ending],
  ["sources of which the application says nothing", unspokenOf, ending],
  ["leaving", leaving, ending],
  ["doubles", doubles, ending],
  ["renewals", renewals, ending],
  ["odd", odd, ["komoju", "square", "adyen", "stripe", "paypal", "payjp", "paddle"]],
  ["restarts", restarts, ["komoju", "square", "stripe", "paypal", "payjp", "paddle"]],
  ["checks", checks, ["gmo-pg"]],
  ["refunds", refunds, ["stripe", "paypal", "payjp", "paddle", "square"]],
  ["refunds that are never reported", refundsUnseen, ["sbps", "braintree"]],
  ["disputes", disputes, ["stripe", "paypal", "square"]],
];

/** Of `gateways/`. */
import { type Accepted, accept } from "./accept.ts";

const inNeither = "A key that the table does not have, either way.";

export const acceptedInGateways: readonly Accepted[] = [
  ...accept("gateways/fincode/meaning.ts", 'textAt(body, "status") ?? ""', ['"" -> "~"'], inNeither),
  ...accept("gateways/fincode/read-back.ts", 'textAt(body, "charge_date") ?? ""', ['"" -> "~"'], "Neither is a day."),
  ...accept(
    "gateways/fincode/read-back.ts",
    'typeof payment !== "object"',
    ['remove typeof payment !== "object" ||', "remove || payment === null"],
    "For the compiler: what is not an object has no `subscription_id`.",
  ),
];

/** Of `gateways/`. */
import { type Accepted, accept, forTheCompiler } from "./accept.ts";

const inNeither = "A name that the table does not have, either way.";
const endsAnyway = "A function that ends without a return returns the same.";

export const acceptedInGateways: readonly Accepted[] = [
  ...accept("gateways/fincode/meaning.ts", 'textAt(body, "status") ?? ""', ['"" -> "~"'], inNeither),
  ...accept("gateways/fincode/read-back.ts", 'textAt(body, "charge_date") ?? ""', ['"" -> "~"'], "Neither is a day."),
  ...accept(
    "gateways/fincode/read-back.ts",
    'typeof payment !== "object"',
    ['remove typeof payment !== "object" ||', "remove || payment === null"],
    "For the compiler: what is not an object has no `subscription_id`.",
  ),
  ...accept("gateways/payjp/meaning.ts", 'textAt(data, "status") ?? ""', ['"" -> "~"'], inNeither),
  ...accept("gateways/payjp/meaning.ts", "return undefined;", ["remove return undefined;"], endsAnyway),
  ...accept("gateways/payjp/writer.ts", "type.replace", [String.raw`/\W/g -> /\W/`], "No type has two dots."),
  ...accept("gateways/shopify/front.ts", 'textAt(body, "admin_graphql_api_id") ?? ""', ['"" -> "~"'], "Neither is a `gid`."),
  ...accept("gateways/shopify/meaning.ts", 'textAt(transaction, "kind") ?? ""', ['"" -> "~"'], inNeither),
  ...accept("gateways/shopify/meaning.ts", 'textAt(dispute, "status") ?? ""', ['"" -> "~"'], inNeither),
  ...accept("gateways/shopify/meaning.ts", 'textAt(contract, "status") ?? ""', ['"" -> "~"'], inNeither),
  ...accept("gateways/shopify/writer.ts", 'contract: id = ""', ['"" -> "~"'], forTheCompiler),
  ...accept("gateways/shopify/writer.ts", 'moment.contract ?? ""', ['remove ?? ""', '"" -> "~"'], forTheCompiler),
  ...accept("gateways/square/meaning.ts", 'textAt(payment, "status") ?? ""', ['"" -> "~"'], inNeither),
  ...accept("gateways/square/meaning.ts", 'textAt(refund, "status") ?? ""', ['"" -> "~"'], inNeither),
  ...accept("gateways/square/meaning.ts", 'textAt(subscription, "status") ?? ""', ['"" -> "~"'], inNeither),
  ...accept("gateways/square/meaning.ts", 'textAt(dispute, "state") ?? ""', ['"" -> "~"'], inNeither),
  ...accept("gateways/veritrans/front.ts", 'raw.headers[signatureHeader] ?? ""', ['"" -> "~"'], "Neither has a `;v=`."),
  ...accept("gateways/veritrans/front.ts", 'orderId = ""', ['"" -> "~"'], forTheCompiler),
  ...accept("gateways/veritrans/front.ts", 'settings.secrets[0] ?? ""', ['"" -> "~"'], "Neither is hex."),
  ...accept(
    "gateways/veritrans/front.ts",
    "const [, field, number]",
    [String.raw`/^(.+)(\d{4})$/ -> /(.+)(\d{4})$/`],
    "What matches as much as it can begins at the beginning anyway.",
  ),
  ...accept("gateways/veritrans/front.ts", 'item[name] ?? ""', ['"" -> "~"'], forTheCompiler),
];

/** Of `gateways/`. */
import { type Accepted, accept, endsAnyway, forTheCompiler } from "./accept.ts";

const inNeither = "A name that the table does not have, either way.";

export const acceptedInGateways: readonly Accepted[] = [
  ...accept(
    "gateways/kit.ts",
    "const instant",
    [
      String.raw`/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/ -> /\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/`,
      String.raw`/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/ -> /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)/`,
    ],
    "With anything before or behind it, V8 calls the text no date.",
  ),
  ...accept("gateways/kit.ts", 'text?.trim() ?? ""', ['"" -> "~"'], "Neither is a moment."),
  ...accept("gateways/kit.ts", "const parts = match", ["7 -> 8"], "A part more, which nobody reads."),
  ...accept("gateways/kit.ts", "second = 0] = parts", ["0 -> 1"], forTheCompiler),
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
  ...accept("gateways/sandbox/facts.ts", "2 * second", ["* -> /"], "A second is the unit."),
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
  ...accept("gateways/stripe/front.ts", 'headers[signatureHeader] ?? ""', ['"" -> "~"'], "Neither has a `t`."),
  ...accept(
    "gateways/stripe/meaning.ts",
    "charge: _, amount: __, ...parties",
    ['"amount_paid" -> ""'],
    "Of which amount it is does not matter: it is left out.",
  ),
  ...accept("gateways/stripe/meaning.ts", 'textAt(object, "description") ?? ""', ['"" -> "~"'], "Neither begins as Stripe's do."),
  ...accept("gateways/stripe/meaning.ts", '[status = "", was = ""]', ['"" -> "~"'], inNeither),
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

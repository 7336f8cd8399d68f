/** Of gateways in Japan. */
import { type Accepted, accept, endsAnyway, forTheCompiler, inNeither } from "../accept.ts";

export const acceptedInJapanese: readonly Accepted[] = [
  ...accept("gateways/fincode/meaning.ts", 'textAt(body, "status") ?? ""', ['"" -> "~"'], inNeither),
  ...accept("gateways/fincode/read-back.ts", 'textAt(body, "charge_date") ?? ""', ['"" -> "~"'], "Neither is a day."),
  ...accept(
    "gateways/fincode/read-back.ts",
    'typeof payment !== "object"',
    ['remove typeof payment !== "object" ||', "remove || payment === null"],
    "For the compiler: what is not an object has no `subscription_id`.",
  ),
  ...accept(
    "gateways/fincode/read-back.ts",
    'order_id: textAt(payment, "id")',
    ['"id" -> ""'],
    "Without an order a payment goes by its `id`.",
  ),
  ...accept("gateways/gmo-pg/meaning.ts", 'continuing.has(fields.PayType ?? "")', ['"" -> "~"'], inNeither),
  ...accept("gateways/gmo-pg/meaning.ts", 'changes.includes(fields.JobCd ?? "")', ['"" -> "~"'], inNeither),
  ...accept("gateways/gmo-pg/pay-types.ts", "const money = prefix && value", ["remove && value"], "Nothing is no amount."),
  ...accept("gateways/gmo-pg/pay-types.ts", "return undefined;", ["remove return undefined;"], endsAnyway),
  ...accept("gateways/gmo-pg/pay-types.ts", 'AccessID = ""', ['"" -> "~"'], forTheCompiler),
  ...accept("gateways/gmo-pg/pay-types.ts", 'PayType = ""', ['"" -> "~"'], inNeither),
  ...accept("gateways/paidy/read-back.ts", "const own = captures.find(", ["find -> findLast"], "No id is there twice."),
  ...accept("gateways/paidy/read-back.ts", 'textAt(refund, "id") ?? ""', ['"" -> "~"'], forTheCompiler),
  ...accept("gateways/paidy/read-back.ts", "amount?.minor ?? 0", ["0 -> 1"], forTheCompiler),
  ...accept("gateways/payjp/meaning.ts", 'textAt(data, "status") ?? ""', ['"" -> "~"'], inNeither),
  ...accept("gateways/payjp/meaning.ts", "return undefined;", ["remove return undefined;"], endsAnyway),
  ...accept("gateways/sbps/front.ts", 'const [values = ""]', ['"" -> "~"'], forTheCompiler),
  ...accept("gateways/sbps/meaning.ts", 'fields.pay_method ?? ""', ['"" -> "~"'], "Neither is a method."),
  ...accept("gateways/sbps/meaning.ts", 'fields.res_payinfo_key ?? ""', ['"" -> "~"'], "Neither is one of Rakuten Pay's."),
  ...accept("gateways/sbps/meaning.ts", 'info("rec_type") ?? ""', ['"" -> "~"'], "Neither is a kind of deposit."),
  ...accept("gateways/veritrans/front.ts", 'raw.headers[signatureHeader] ?? ""', ['"" -> "~"'], "Neither has a `;v=`."),
  ...accept("gateways/veritrans/front.ts", 'orderId = ""', ['"" -> "~"'], forTheCompiler),
  ...accept("gateways/veritrans/front.ts", 'settings.secrets[0] ?? ""', ['"" -> "~"'], "Neither is hex."),
  ...accept("gateways/veritrans/front.ts", 'item[name] ?? ""', ['"" -> "~"'], forTheCompiler),
  ...accept("gateways/zeus/export.ts", "has: [", ['".*" -> ""', 'remove ".*"'], "Neither asks anything of the cell."),
];

/** Of Shopify. */
import { type Accepted, accept, endsAnyway, forTheCompiler, inNeither } from "../accept.ts";

export const acceptedInShopify: readonly Accepted[] = [
  ...accept("gateways/shopify/front.ts", 'textAt(body, "admin_graphql_api_id") ?? ""', ['"" -> "~"'], "Neither is a `gid`."),
  ...accept("gateways/shopify/app-billing.ts", "return undefined;", ["remove return undefined;"], endsAnyway),
  ...accept("gateways/shopify/app-billing.ts", 'textAt(subscription, "status") ?? ""', ['"" -> "~"'], inNeither),
  ...accept("gateways/shopify/app-billing.ts", 'textAt(purchase, "status") ?? ""', ['"" -> "~"'], inNeither),
  ...accept("gateways/shopify/transactions.ts", 'textAt(transaction, "kind") ?? ""', ['"" -> "~"'], inNeither),
  ...accept("gateways/shopify/transactions.ts", 'textAt(transaction, "gateway") ?? ""', ['"" -> "~"'], inNeither),
  ...accept("gateways/shopify/meaning.ts", 'textAt(dispute, "status") ?? ""', ['"" -> "~"'], inNeither),
  ...accept("gateways/shopify/meaning.ts", 'textAt(contract, "status") ?? ""', ['"" -> "~"'], inNeither),
  ...accept("gateways/shopify/writer.ts", 'contract: id = ""', ['"" -> "~"'], forTheCompiler),
  ...accept("gateways/shopify/writer.ts", 'moment.contract ?? ""', ['remove ?? ""', '"" -> "~"'], forTheCompiler),
];

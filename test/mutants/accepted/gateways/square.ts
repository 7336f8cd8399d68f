/** Of Square. */
import { type Accepted, accept, endsAnyway, inNeither } from "../accept.ts";

export const acceptedInSquare: readonly Accepted[] = [
  ...accept("gateways/square/payment.ts", 'textAt(payment, "source_type") ?? ""', ['"" -> "~"'], inNeither),
  ...accept("gateways/square/payment.ts", 'textAt(refund, "destination_type") ?? ""', ['"" -> "~"'], inNeither),
  ...accept("gateways/square/payment.ts", 'textAt(payment, "status") ?? ""', ['"" -> "~"'], inNeither),
  ...accept("gateways/square/payment.ts", 'textAt(refund, "status") ?? ""', ['"" -> "~"'], inNeither),
  ...accept("gateways/square/meaning.ts", 'textAt(subscription, "status") ?? ""', ['"" -> "~"'], inNeither),
  ...accept("gateways/square/meaning.ts", 'textAt(dispute, "state") ?? ""', ['"" -> "~"'], inNeither),
  ...accept("gateways/square/mode.ts", "return undefined;", ["remove return undefined;"], endsAnyway),
];

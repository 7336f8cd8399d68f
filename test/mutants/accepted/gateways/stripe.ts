/** Of Stripe. */
import { type Accepted, accept, inNeither } from "../accept.ts";

export const acceptedInStripe: readonly Accepted[] = [
  ...accept("gateways/stripe/payment.ts", 'textAt(object, "description") ?? ""', ['"" -> "~"'], "Neither begins as Stripe's do."),
  ...accept(
    "gateways/stripe/payment.ts",
    "const [amount = 0, some = 0]",
    ["0 -> 1"],
    "Nothing is more than none of it, and less than one.",
  ),
  ...accept("gateways/stripe/given-back.ts", 'textAt(object, "status") ?? "succeeded"', ['"succeeded" -> ""'], inNeither),
  ...accept("gateways/stripe/given-back.ts", 'textAt(object, "status") ?? ""', ['"" -> "~"'], inNeither),
  ...accept("gateways/stripe/names.ts", "namesBy.find(", ["find -> findLast"], "No type begins with two of them."),
  ...accept("gateways/stripe/meaning.ts", '[status = "", was = ""]', ['"" -> "~"'], inNeither),
  ...accept("gateways/stripe/meaning.ts", 'textAt(object, "status") ?? ""', ['"" -> "~"'], inNeither),
  ...accept("gateways/stripe/meaning.ts", 'textAt(before, "status") ?? ""', ['"" -> "~"'], inNeither),
  ...["/^(credit_note|cus… -> /(credit_note|cus…", "/^(reserve|review|… -> /(reserve|review|…"].flatMap((mutation) =>
    accept(
      "gateways/stripe/meaning.ts",
      "/^(",
      [mutation],
      "What has such a name further in is one of a customer's, without effect as well.",
    ),
  ),
  ...accept("gateways/stripe/writer.ts", "previous_attributes: before", ["remove before &&"], "JSON leaves out what is undefined."),
  ...accept(
    "gateways/stripe/export.ts",
    "const formats = [",
    ["remove ...withoutZone,"],
    "`iso` reads them too; the list says what is there.",
  ),
];

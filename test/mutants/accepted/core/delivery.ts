import { type Accepted, accept, forTheCompiler } from "../accept.ts";

export const acceptedInDelivery: readonly Accepted[] = [
  ...accept("core/delivery/address.ts", '[network = "", prefix, ...more]', ['"" -> "~"'], forTheCompiler),
];

/** What is written down, by the gateway's name. */
import { epsilon } from "./epsilon.ts";
import { komoju } from "./komoju.ts";
import { lemonSqueezy } from "./lemon-squeezy.ts";
import { paddle } from "./paddle.ts";
import { paidy } from "./paidy.ts";
import { payjp } from "./payjp.ts";
import type { Meanings } from "./row.ts";
import { sandbox } from "./sandbox.ts";
import { square } from "./square.ts";
import { telecomCredit } from "./telecom-credit.ts";
import { veritrans } from "./veritrans.ts";
import { zeus } from "./zeus.ts";

export const meanings: Readonly<Record<string, Meanings>> = {
  epsilon,
  komoju,
  "lemon-squeezy": lemonSqueezy,
  paddle,
  paidy,
  payjp,
  sandbox,
  square,
  "telecom-credit": telecomCredit,
  veritrans,
  zeus,
};

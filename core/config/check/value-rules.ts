/** What a single value of the configuration may be: a name, an address, a URL, a duration. */
import { isIP } from "node:net";
import { durationFormat } from "../../findings/graces.ts";
import { matching, text } from "../../problems/rule.ts";
import { isOnThisMachine } from "../read-back-options.ts";

/** `<name>-bodies-<account>-<region>` has to fit a bucket's 63 characters, which leaves 28, and the other bucket's name is shorter. */
export const name = matching(
  /^[a-z]([a-z0-9-]{0,26}[a-z0-9])?$/,
  "write 1 to 28 lower-case letters, digits and hyphens, beginning with a letter: every resource is named after it",
);

export const sourceName = matching(
  /^[a-z0-9][a-z0-9-]{0,62}$/,
  "use 1 to 63 lower-case letters, digits and hyphens: it is part of the URL",
);

export const email = matching(/^[^\s@]+@[^\s@]+\.[^\s@]+$/, "write one e-mail address");

export const secretName = matching(/^[\w/+=.@-]{1,512}$/, "use letters, digits and /_+=.@- only: Secrets Manager allows no others");

export const address = text(isBlock, "write an address or a CIDR block: 203.0.113.7 or 203.0.113.0/24");

export const busName = matching(
  /^aws\.partner\/[\w.-]+(\/[\w.-]+)+$/,
  "write the name of the partner's bus, as EventBridge shows it: aws.partner/stripe.com/ed_...",
);

export const duration = matching(durationFormat, "write a number of minutes, hours or days: 90m, 24h, 14d");

export const anyText = text(() => true, "write a text");

export const httpsUrl = text(
  isDeliverable,
  "write an https:// URL without user, password or fragment; plain http:// is for this machine only (localhost)",
);

function isDeliverable(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  if (url.username !== "" || url.password !== "" || url.hash !== "") return false;
  return url.protocol === "https:" || (url.protocol === "http:" && isOnThisMachine(url));
}

function isBlock(value: string): boolean {
  const [network = "", prefix, ...more] = value.split("/");
  const bits = isIP(network) === 6 ? 128 : 32;
  return (
    isIP(network) !== 0 &&
    !network.includes("%") &&
    more.length === 0 &&
    (prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= bits))
  );
}

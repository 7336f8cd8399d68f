/** What an error of the AWS service that a target is in says about the delivery. Pure: the one table of them. */
import { excerptOf } from "../answer-excerpt.ts";

/** As the SDK reports it: `status` is HTTP's, `code` the service's own word. */
export interface ServiceError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

export type ServiceErrorMeaning =
  /** Throttled, failing, or unknown: another attempt may do better. */
  | "again"
  /** The queue, bus or function is missing, or may not be used: no record can be delivered to it until that is changed. */
  | "unusable"
  /** It does not take this message, and never will. */
  | "refused";

/** In lower case, without a namespace before them or `Exception` behind. */
const unusable: ReadonlySet<string> = new Set([
  "accessdenied",
  "invalidaccountid",
  "invalidaddress",
  "kmsaccessdenied",
  "kmsdisabled",
  "kmsinvalidkeyusage",
  "kmsinvalidstate",
  "kmsnotfound",
  "kmsoptinrequired",
  "nonexistentqueue",
  "notauthorizedfordetailtype",
  "notauthorizedforsource",
  "optinrequired",
  "queuedeletedrecently",
  "queuedoesnotexist",
  "resourcenotfound",
  "unsupportedoperation",
]);

const refused: ReadonlySet<string> = new Set([
  "invalidargument",
  "invalidmessagecontents",
  "invalidparametervalue",
  "invalidrequestcontent",
  "malformeddetail",
  "requesttoolarge",
]);

/**
 * @param place the target's ARN. Of a call of a function nothing but the payload is the record's: another parameter that is not valid is missing for
 * every record, such as the tenant of a function that was given tenants, or the version of a durable one.
 */
export const meaningOf = ({ code }: ServiceError, place: string): ServiceErrorMeaning => {
  const named = code.slice(Math.max(code.lastIndexOf("."), code.lastIndexOf("#")) + 1);
  const word = named.replace(/Exception$/, "").toLowerCase();
  if (word === "invalidparametervalue" && place.split(":")[2] === "lambda") return "unusable";
  return unusable.has(word) ? "unusable" : refused.has(word) ? "refused" : "again";
};

export const serviceErrorText = ({ status, code, message }: ServiceError): string =>
  `${status} ${code}${message ? `: ${excerptOf(message)}` : ""}`;

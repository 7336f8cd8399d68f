/**
 * What custom gateways are made of: `import { ... } from "holdfast/gateways"`.
 * docs/add-a-gateway.md shows one.
 */
export {
  type Millis,
  type RawCallback,
  type Reply,
  refused,
  type Verification,
  type VerifiedCallback,
  verified,
} from "../core/callback.ts";
export type { PublicSettings } from "../core/config/config.ts";
export { type EventType, eventTypes, type PaymentEvent } from "../core/event.ts";
export { type Charset, formFields, formRecord } from "../core/formats/form.ts";
export { at, listAt, numberAt, parseJson, textAt } from "../core/formats/json.ts";
export { formatMoney, fromMajor, fromMinor, type Money } from "../core/formats/money.ts";
export { elementsAt, parseXml, type XmlElement, xmlTextAt } from "../core/formats/xml.ts";
export { type ApiRequest, type Learnt, type Question, type ReadBack, without } from "../core/read-back.ts";
export { bytesId } from "../core/record.ts";
export { anyMatches, digest, hmac as hmacOf, sameText } from "../core/signature.ts";
export {
  amountFrom,
  byStatus,
  type EventDraft,
  japanTime,
  jsonId,
  jsonWithout,
  omitUndefined,
  parseInstant,
  plainReply,
  signedRequest,
  usableSecrets,
  withEventIds,
} from "./kit/kit.ts";
/** Names of the first version, for gateways that were written with it. */
export { fromAllowedAddress, instantOf, numbered, present, request, secretsOf, senderOf, withPublished } from "./kit/old-kit.ts";

/** Gateways that prove themselves in what they send, or not at all. */
import { body, type Cases, header, withOptions, withoutOption } from "./genuine.ts";

const noKeys = "no signature matches any of the source's private keys";
const notOurs = "bt_signature names none of the source's public keys";
const incomplete = "the form has no bt_signature or no bt_payload";
const notSent = "bt_payload is not what Braintree sends";
const badItem = "an item's hmacSignature matches none of the source's keys";
const badFlat = "HmacSignature matches none of the source's keys";
const clientip = "clientip is not options.clientip";
const badHash = "sps_hashcode matches none of the source's hash keys";
const field = (from: RegExp, to: string) => body((text) => text.replace(from, to));
const noSecrets = (given: { readonly secrets: readonly string[] }) => ({ ...given, secrets: [" "] });

export const inBodies: Readonly<Record<string, Cases>> = {
  braintree: {
    "no signature": { raw: field(/bt_signature=[^&]*/, "x=1"), reason: incomplete },
    "no payload": { raw: field(/bt_payload=[^&]*/, "x=1"), reason: incomplete },
    "another payload": { raw: field(/bt_payload=/, "bt_payload=AAAA"), reason: noKeys },
    "a payload with a character that base64 has not": { raw: field(/bt_payload=/, "bt_payload=-"), reason: notSent },
    "a payload that ends in such a character": { raw: body((text) => `${text}-`), reason: notSent },
    // Whoever asks gets a challenge signed.
    ...Object.fromEntries(
      [20, 32].map((length) => [
        `a payload that could be a challenge of ${length}`,
        { raw: field(/bt_payload=.*/, `bt_payload=${"a".repeat(length)}`), reason: notSent },
      ]),
    ),
    ...Object.fromEntries(
      [19, 33].map((length) => [
        `a payload of ${length}, which is no challenge`,
        { raw: field(/bt_payload=.*/, `bt_payload=${"a".repeat(length)}`), reason: noKeys },
      ]),
    ),
    "a payload of a challenge and more": { raw: field(/bt_payload=.*/, `bt_payload=${"a".repeat(20)}Z`), reason: noKeys },
    "a payload of something and a challenge": { raw: field(/bt_payload=.*/, `bt_payload=Z${"a".repeat(20)}`), reason: noKeys },
    "without our key": { settings: withoutOption("publicKey"), reason: notOurs },
    "with another key of ours": { settings: withOptions({ publicKey: "another" }), reason: notOurs },
    "with our key among others": { settings: withOptions({ publicKey: " another,\npublic_key " }), reason: undefined },
    "a signature without its key": { raw: field(/public_key%7C/, ""), reason: notOurs },
    "our key without its signature": { raw: field(/bt_signature=[^&]*/, "bt_signature=public_key%7C"), reason: notOurs },
    "our key beside a stranger's": { raw: field(/bt_signature=/, "bt_signature=stranger%7Cx%26"), reason: undefined },
    "no secret": { settings: noSecrets, reason: noKeys },
  },
  adyen: {
    "no items, and no header": {
      raw: body(() => '{"type":"x"}'),
      reason: "there are no notification items, and the header HmacSignature is missing",
    },
    "no items, and another header": {
      raw: (raw) => header("hmacsignature", () => "x")({ ...raw, body: Buffer.from('{"type":"x"}') }),
      reason: badFlat,
    },
    "an empty list of items": { raw: body(() => '{"notificationItems":[]}'), reason: badItem },
    "an item without a signature": { raw: field(/"hmacSignature":"[^"]*"/, '"x":1'), reason: badItem },
    "an item of another amount": { raw: field(/"value":\d+/, '"value":1'), reason: badItem },
    "an item whose amount is a list": { raw: field(/"value":\d+/, '"value":[0]'), reason: badItem },
    "an item that is none": { raw: body(() => '{"notificationItems":[{"NotificationRequestItem":"x"}]}'), reason: badItem },
    "a genuine item beside a forged one": {
      raw: body((text) =>
        text.replace(/("notificationItems":\[)(.*)\]/, (_, head, item) => `${head}${item},${item.replace(/"value":\d+/, '"value":1')}]`),
      ),
      reason: badItem,
    },
    "a genuine item twice": {
      raw: body((text) => text.replace(/("notificationItems":\[)(.*)\]/, (_, head, item) => `${head}${item},${item}]`)),
      reason: undefined,
    },
    "a key that is not hex": { settings: (given) => ({ ...given, secrets: [`${given.secrets[0]}x`] }), reason: badItem },
    "a key with something before the hex": { settings: (given) => ({ ...given, secrets: [`x${given.secrets[0]}`] }), reason: badItem },
    "a key with half a byte more": { settings: (given) => ({ ...given, secrets: [`${given.secrets[0]}0`] }), reason: badItem },
    "a key in lower case": {
      settings: (given) => ({ ...given, secrets: given.secrets.map((key) => key.toLowerCase()) }),
      reason: undefined,
    },
  },
  sbps: {
    "no hash": { raw: field(/&sps_hashcode=\w+/, ""), reason: "the notice carries no sps_hashcode" },
    "an empty hash": { raw: field(/sps_hashcode=\w+/, "sps_hashcode="), reason: "the notice carries no sps_hashcode" },
    "a hash of white space": { raw: field(/sps_hashcode=\w+/, "sps_hashcode=+"), reason: "the notice carries no sps_hashcode" },
    "a hash in white space": { raw: field(/sps_hashcode=(\w+)/, "sps_hashcode=%09$1+"), reason: undefined },
    "a hash in lower case": {
      raw: body((text) => text.replace(/sps_hashcode=(\w+)/, (_, hash) => `sps_hashcode=${hash.toLowerCase()}`)),
      reason: undefined,
    },
    "another amount": { raw: field(/([&])amount=\d+/, "$1amount=1"), reason: badHash },
    "an amount in white space": { raw: field(/([&])amount=(\d+)/, "$1amount=+$2%0D%0A"), reason: undefined },
    "no secret": { settings: noSecrets, reason: badHash },
    "XML without a hash": { raw: body(() => '<sps-api-request id="x"></sps-api-request>'), reason: "the notice carries no sps_hashcode" },
    "XML with another hash": {
      raw: body(() => '<sps-api-request id="x"><sps_hashcode>00</sps_hashcode></sps-api-request>'),
      reason: badHash,
    },
  },
  "gmo-pg": {
    "no shop in the options": { settings: withoutOption("shopId"), reason: "the source has no options.shopId to compare with" },
    "another shop": { raw: field(/ShopID=\w+/, "ShopID=tshop00000009"), reason: "ShopID is not the source's options.shopId" },
    "no shop": { raw: field(/ShopID=\w+/, ""), reason: "ShopID is not the source's options.shopId" },
  },
  epsilon: {
    "no contract code in the options": { raw: field(/contract_code=\d+/, ""), reason: undefined },
    "its contract code": { settings: withOptions({ contractCode: "12345670" }), reason: undefined },
    "another contract code": {
      settings: withOptions({ contractCode: "12345671" }),
      reason: "contract_code is not options.contractCode",
    },
    "no contract code, where the options name one": {
      settings: withOptions({ contractCode: "12345670" }),
      raw: field(/contract_code=\d+/, ""),
      reason: "contract_code is not options.contractCode",
    },
  },
  zeus: {
    "no clientip in the options": { raw: field(/clientip=\d+/, ""), reason: undefined },
    "its clientip": { settings: withOptions({ clientip: "2012001234" }), reason: undefined },
    "another clientip": { settings: withOptions({ clientip: "2012001235" }), reason: clientip },
    "no clientip, where the options name one": {
      settings: withOptions({ clientip: "2012001234" }),
      raw: field(/clientip=\d+/, ""),
      reason: clientip,
    },
  },
  "telecom-credit": {
    "no clientip in the options": { raw: field(/clientip=\d+/, ""), reason: undefined },
    "its clientip": { settings: withOptions({ clientip: "00286" }), reason: undefined },
    "another clientip": { settings: withOptions({ clientip: "00287" }), reason: clientip },
    "no clientip, where the options name one": {
      settings: withOptions({ clientip: "00286" }),
      raw: field(/clientip=\d+/, ""),
      reason: clientip,
    },
    // The end of a contract is not known to carry it, and must not be lost.
    "the end of a contract": { settings: withOptions({ clientip: "00286" }), raw: body(() => "member_id=1"), reason: undefined },
    "the end of a contract with another clientip": {
      settings: withOptions({ clientip: "00286" }),
      raw: body(() => "member_id=1&clientip=1"),
      reason: clientip,
    },
    "a payment that names a member": {
      settings: withOptions({ clientip: "00286" }),
      raw: body(() => "member_id=1&rel=yes"),
      reason: clientip,
    },
    "the end of nobody's contract": { settings: withOptions({ clientip: "00286" }), raw: body(() => "member_id="), reason: clientip },
  },
  paidy: { "whatever it says, from one of its addresses": { raw: body(() => "x"), reason: undefined } },
};

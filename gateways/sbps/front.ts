/**
 * SB Payment Service (SBPS): the result notices of the link type (A02-1 purchase, B03-1 customer registration) and the XML notices
 * of the API type (NT01-...: convenience store and Pay-easy deposits).
 * POST. A form in Shift_JIS whose parameters come in random order, empty ones included; or Shift_JIS XML. Proof: `sps_hashcode`, a
 * SHA-1 in hex (SBPS sends either case) of the trimmed values in the specification's order (XML: in the document's) and the hash key,
 * with no separator between them. It is a keyed hash without a time: text can slide from one value into its neighbour, an old notice
 * never expires, and the kind of an XML notice is not covered. So configure the addresses too (61.215.213.47 in public
 * integrations, M). The form's values are hashed as UTF-8; XML's charset is not settled (M), either will do.
 * Id: none; tracking id, order, result, deposit and time together. Ack: `OK,`, or XML with the notice's own id. Nack: `NG,<reason>`:
 * it shows the buyer the Purchase NG screen and can leave an authorisation held, so what cannot be verified is answered `OK,` too.
 * What it says: meaning.ts. Encrypted XML (encrypted_flg) is not read.
 * https://developer.sbpayment.jp/en/system-specifications/link-type/ (H) https://github.com/wozaki/sbpayment.rb (order and hash, H)
 */
import { type RawCallback, type Reply, refused, verified } from "../../core/callback.ts";
import { formRecord } from "../../core/formats/form.ts";
import { anyMatches, digest } from "../../core/signature.ts";
import type { Front, Sign } from "../gateway.ts";
import { signedRequest, usableSecrets } from "../kit/kit.ts";
import { bytes, type Fields, isPurchase, isXml, latin1, leavesOf, noticeKind, noticeOf, noticeRoot, sbpsIdentity } from "./notice.ts";

const purchaseHead =
  "pay_method merchant_id service_id cust_code sps_cust_no sps_payment_no order_id item_id pay_item_id item_name tax amount pay_type auto_charge_type service_type div_settele last_charge_month camp_type tracking_id terminal_type free1 free2 free3";

/** One row of details comes back in some integrations, hashed at this place (L). */
const purchaseDetail = "dtl_rowno dtl_item_id dtl_item_name dtl_item_count dtl_tax dtl_amount dtl_free1 dtl_free2 dtl_free3";

const purchaseTail =
  "request_date res_pay_method res_result res_tracking_id res_sps_cust_no res_sps_payment_no res_payinfo_key res_payment_date res_err_code res_date limit_second";

const purchaseOrders = [`${purchaseHead} ${purchaseTail}`, `${purchaseHead} ${purchaseDetail} ${purchaseTail}`];

const customerOrders = [
  "pay_method merchant_id service_id cust_code sps_cust_no sps_payment_no terminal_type free1 free2 free3 request_date res_pay_method res_result res_sps_cust_no res_sps_payment_no res_payinfo_key res_err_code res_date limit_second",
];

export const front: Front = {
  name: "sbps",
  strength: "signature",
  methods: ["POST"],
  onUnverified: "accept",

  verify(raw, settings) {
    const { presented, texts } = isXml(raw.body) ? provenOfXml(raw.body) : provenOfForm(raw.body);
    if (!presented) return refused("the notice carries no sps_hashcode");
    const hashes = usableSecrets(settings).flatMap((secret) => texts.map((text) => digest("sha1", [text, secret])));
    const expected = hashes.flatMap((hash) => [hash, hash.toUpperCase()]);
    return anyMatches([presented], expected) ? verified(raw) : refused("sps_hashcode matches none of the source's hash keys");
  },

  hashesId: true,
  identify: (callback) => sbpsIdentity(noticeOf(callback)),

  /** What is signed, in the specification's order: a redelivery's parameters may come in another. XML is signed in the order it has. */
  content: ({ body }) => (isXml(body) ? latin1(body) : JSON.stringify(signedFields(formRecord(body, "shift_jis")))),

  acknowledge: (raw) => answer(raw, "OK,", "<res_result>OK</res_result>"),
  refuse: (raw) => answer(raw, "NG,not accepted", `<res_result>NG</res_result><res_err_msg>${btoa("not accepted")}</res_err_msg>`),
};

export const sign: Sign = (body, settings, now) => {
  const text = latin1(body);
  const [secret = ""] = settings.secrets;
  if (isXml(body)) {
    const bare = text.replace(/<sps_hashcode>[^<]*<\/sps_hashcode>\s*/, "");
    const [values = ""] = provenOfXml(bytes(bare)).texts;
    const signed = bare.replace(/(?=<\/sps-api-request>\s*$)/, `<sps_hashcode>${digest("sha1", [values, secret])}</sps_hashcode>`);
    return signedRequest({ body: bytes(signed), now, headers: { "content-type": "text/xml" } }, settings);
  }
  const pairs = text.split("&").filter((pair) => !pair.startsWith("sps_hashcode="));
  const [values = ""] = provenOfForm(bytes(pairs.join("&"))).texts;
  const signed = [...pairs, `sps_hashcode=${digest("sha1", [values, secret]).toUpperCase()}`].join("&");
  return signedRequest({ body: bytes(signed), now, headers: { "content-type": "application/x-www-form-urlencoded" } }, settings);
};

/** Java, Ruby and PHP trim white space of ASCII; JavaScript's `trim` would take a Japanese space with it. */
const trimmed = (value: string): string => {
  let [from, to] = [0, value.length];
  // Beyond its ends a text has NaN, which is not white space.
  while (value.charCodeAt(from) <= 0x20) from++;
  // A pattern that ends in `$` would look at every run of white space again and again, which anybody can send.
  while (value.charCodeAt(to - 1) <= 0x20) to--;
  return value.slice(from, to);
};

/** The hash that was sent, and every text it may have been made of. */
interface Proof {
  readonly presented: string | undefined;
  readonly texts: readonly (string | Uint8Array)[];
}

const ordersOf = (fields: Fields): readonly string[] => (isPurchase(fields) ? purchaseOrders : customerOrders);

/** Each by its name: joined as they are hashed, text of one could be that of its neighbour. */
const signedFields = (fields: Fields): readonly (readonly [name: string, value: string])[] =>
  [...new Set(ordersOf(fields).flatMap((order) => order.split(" ")))].map((name) => [name, trimmed(fields[name] ?? "")]);

const provenOfForm = (body: Uint8Array): Proof => {
  const fields = formRecord(body, "shift_jis");
  const written = ordersOf(fields).map((order) =>
    order
      .split(" ")
      .map((name) => trimmed(fields[name] ?? ""))
      .join(""),
  );
  return { presented: trimmed(fields.sps_hashcode ?? ""), texts: [...new Set(written.flatMap((text) => [text, asJis(text)]))] };
};

/** Without a separate decoder for the hash the bytes are kept: no second byte of Shift_JIS is a `<` or a `&`. */
const provenOfXml = (body: Uint8Array): Proof => {
  const root = noticeRoot(body);
  const leaves = leavesOf(root).filter(({ name }) => name !== "sps_hashcode");
  const raw = bytes(leaves.map(({ text }) => trimmed(text)).join(""));
  const presented = root?.children.find(({ name }) => name === "sps_hashcode")?.text;
  return { presented: presented && trimmed(presented), texts: [raw, new TextDecoder("shift_jis").decode(raw)] };
};

/** Some characters have two places in Unicode, depending on whether Shift_JIS is taken for Microsoft's or for the standard's. */
const jisTwins: Readonly<Record<string, string>> = { "～": "〜", "－": "−", "∥": "‖", "―": "—", "￠": "¢", "￡": "£", "￢": "¬" };

/** Escaped, because one other character in a bundle makes Node read all of it as UTF-16, which takes a millisecond of each start. */
const twin = /[\uff5e\uff0d\u2225\u2015\uffe0\uffe1\uffe2]/g;

const asJis = (text: string): string => text.replace(twin, (character) => jisTwins[character] ?? character);

const answer = (raw: RawCallback, word: string, xml: string): Reply => {
  const id = isXml(raw.body) ? noticeKind(latin1(raw.body)) : undefined;
  if (!id) return { status: 200, contentType: "text/plain; charset=Shift_JIS", body: word };
  const body = `<?xml version="1.0" encoding="Shift_JIS"?><sps-api-response id="${id}">${xml}</sps-api-response>`;
  return { status: 200, contentType: "text/xml; charset=Shift_JIS", body };
};

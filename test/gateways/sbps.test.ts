import { createHash } from "node:crypto";
import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import type { RawCallback } from "../../core/callback.ts";
import { verifyCallback } from "../../core/receive/verify-callback.ts";
import { gateways } from "../../gateways/index.ts";
import { writer } from "../../gateways/sbps/writer.ts";
import { arrived, describeGateway, type Sample, utf8, verifiedCallback } from "./conformance/conformance.ts";

const { sbps } = gateways;

/** The hash key and the two notices of the open Ruby library's tests, as SBPS sent them. */
const settings = { secrets: ["398a58952baf329cac5efbae97ea84ba17028d02"] };
const publishedPurchase =
  "res_payinfo_key=&service_id=001&auto_charge_type=0&free1=&cust_code=498b1fd98ebeb074ff1d50f2e2720a1a&div_settele=0&free3=&res_sps_payment_no=&service_type=0&free2=&sps_hashcode=BE33A23EC4B61A34545E0A485D0897E33383F4DE&order_id=9eb2fced282c5bfc67c2417217ca2682&camp_type=&res_date=20150807161021&amount=980&res_err_code=&last_charge_month=&limit_second=600&pay_type=2&res_payment_date=20150807161021&merchant_id=19788&tracking_id=&res_tracking_id=80312789324671&request_date=20150807161004&pay_item_id=&res_pay_method=&terminal_type=0&res_sps_cust_no=&pay_method=&tax=&item_name=%8Cp%91%B1%89%DB%8B%E0&sps_payment_no=&res_result=OK&item_id=Item+ID&sps_cust_no=";
const publishedCustomer =
  "res_payinfo_key=&free1=&cust_code=498b1fd98ebeb074ff1d50f2e2720a1a&free3=&res_sps_payment_no=&free2=&sps_hashcode=6b7981691587c72f94def4c7192e7b8c6d624b85&res_date=20150807161021&res_err_code=&limit_second=600&pay_type=2&res_payment_date=20150807161021&merchant_id=19788&request_date=20150807161004&res_pay_method=&terminal_type=0&res_sps_cust_no=&pay_method=&sps_payment_no=&res_result=OK&sps_cust_no=";

/** Every byte that is not a plain character escaped, as Java does it. */
const escaped = (value: string): string =>
  [...iconv.encode(value, "windows-31j")]
    .map((byte) =>
      /[A-Za-z0-9._*-]/.test(String.fromCharCode(byte))
        ? String.fromCharCode(byte)
        : byte === 32
          ? "+"
          : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`,
    )
    .join("");

const form = (fields: Readonly<Record<string, string>>): Uint8Array =>
  utf8(
    Object.entries(fields)
      .map(([name, value]) => `${name}=${escaped(value)}`)
      .join("&"),
  );

/** In no order of its own, as SBPS sends them. */
const purchaseFields = {
  res_result: "OK",
  item_name: "プレミアム会員 ～月額～",
  amount: "980",
  order_id: "A-1001",
  pay_type: "0",
  merchant_id: "19788",
  service_id: "001",
  cust_code: "user-7",
  tax: "",
  free1: " two words ",
  res_tracking_id: "80312789324671",
  res_pay_method: "credit3d2",
  pay_method: "credit3d2",
  service_type: "0",
  tracking_id: "",
  res_payinfo_key: "",
  res_err_code: "",
  res_payment_date: "20261120205950",
  res_date: "20261120205951",
  request_date: "20261120205900",
  limit_second: "600",
};
const purchase = (changes: Readonly<Record<string, string>> = {}): Uint8Array => form({ ...purchaseFields, ...changes });

const xml = (id: string, info: string, extra = ""): Uint8Array =>
  new Uint8Array(
    iconv.encode(
      `<?xml version="1.0" encoding="Shift_JIS"?>
<sps-api-request id="${id}">
  <merchant_id>19788</merchant_id>
  <service_id>001</service_id>
  <sps_transaction_id>x0001</sps_transaction_id>
  <tracking_id>80312789324699</tracking_id>
  <rec_datetime>20261120</rec_datetime>
  ${info}
  <request_date>20261120205959</request_date>${extra}
</sps-api-request>
`,
      "windows-31j",
    ),
  );
const depositInfo = `<pay_method_info>
    <rec_type>1</rec_type><rec_amount>980</rec_amount><rec_amount_total>1980</rec_amount_total><res_mail>a&amp;b@example.com</res_mail><rec_extra>備考</rec_extra>
  </pay_method_info>`;

const yen = (minor: number) => ({ minor, currency: "JPY" });
const sample = (name: string, body: Uint8Array, ...means: Sample["means"]): Sample => ({ name, body, means });
const at = Date.UTC(2026, 10, 20, 11, 59, 51);

const hashedOfCustomer = "merchant_id cust_code terminal_type request_date res_result res_date limit_second sps_hashcode";

/**
 * What of a notice the hash can tell: the named, non-empty values of a form, or the leaves of XML. Neighbours in the specification's
 * order run into each other (free1 to free3), and a customer's notice carries two values that are not hashed.
 */
const said = ({ body }: RawCallback): string => {
  const text = Buffer.from(body).toString("latin1");
  if (text.trimStart().startsWith("<"))
    return JSON.stringify([...text.matchAll(/<(\w+)>([^<]*)<\/\1>/g)].map(([, name, value]) => [name, value?.trim()]));
  const byteOf = (_: string, hex: string) => String.fromCharCode(Number.parseInt(hex, 16));
  const decoded = (value: string) =>
    iconv.decode(Buffer.from(value.replaceAll("+", " ").replace(/%([0-9A-Fa-f]{2})/g, byteOf), "latin1"), "windows-31j").trim();
  const pairs = text.split("&").map((pair) => pair.split("=").map(decoded));
  const isPurchase = pairs.some(([name]) => name === "order_id");
  return JSON.stringify(
    pairs
      .filter(([name = "", value]) => value && (isPurchase || hashedOfCustomer.split(" ").includes(name)))
      .map(([name, value]) => [name?.replace(/^free\d$/, "free"), value])
      .sort(),
  );
};

describeGateway(sbps, {
  settings,
  samples: [
    {
      name: "the published purchase",
      body: utf8(publishedPurchase),
      means: [
        {
          type: "charge.succeeded",
          charge: "80312789324671",
          contract: "80312789324671",
          customer: "498b1fd98ebeb074ff1d50f2e2720a1a",
          order: "9eb2fced282c5bfc67c2417217ca2682",
          amount: yen(980),
          occurredAt: Date.UTC(2015, 7, 7, 7, 10, 21),
        },
        { type: "contract.started", contract: "80312789324671" },
      ],
      key: "OK|80312789324671|9eb2fced282c5bfc67c2417217ca2682||20150807161021",
    },
    sample("the published customer registration", utf8(publishedCustomer), {
      type: "notice",
      customer: "498b1fd98ebeb074ff1d50f2e2720a1a",
    }),
    sample("a purchase", purchase(), {
      type: "charge.succeeded",
      charge: "80312789324671",
      order: "A-1001",
      amount: yen(980),
      occurredAt: at,
    }),
    sample("a purchase refused", purchase({ res_result: "NG", res_err_code: "10123" }), { type: "charge.failed", reason: "10123" }),
    sample("a card checked for nothing", purchase({ amount: "0", order_id: "A-1003" }), { type: "card.verified" }),
    sample("a slip for the convenience store", purchase({ res_pay_method: "webcvs", pay_method: "webcvs,credit", order_id: "A-1004" }), {
      type: "notice",
      charge: "80312789324671",
    }),
    sample(
      "its deposit",
      purchase({ res_result: "PY", res_pay_method: "webcvs", order_id: "A-1004", res_payinfo_key: "P,480,980,a@example.com" }),
      {
        type: "charge.succeeded",
        charge: "80312789324671",
        amount: yen(980),
      },
    ),
    sample(
      "its deposit called off",
      purchase({ res_result: "PY", res_pay_method: "webcvs", order_id: "A-1004", res_payinfo_key: "C,0,0,a@example.com" }),
      {
        type: "unknown",
      },
    ),
    sample("its expiry", purchase({ res_result: "CN", res_pay_method: "webcvs", order_id: "A-1004" }), {
      type: "charge.voided",
      charge: "80312789324671",
    }),
    sample("Rakuten authorised", purchase({ res_pay_method: "rakuten", res_payinfo_key: "R01" }), { type: "charge.authorized" }),
    sample("Rakuten captured", purchase({ res_pay_method: "rakuten", res_payinfo_key: "R03" }), { type: "charge.succeeded" }),
    sample("Rakuten, something else", purchase({ res_pay_method: "rakuten", res_payinfo_key: "R02" }), { type: "unknown" }),
    sample(
      "a later month",
      purchase({ pay_type: "1", tracking_id: "80312789324671", res_tracking_id: "80312789324777" }),
      { type: "charge.succeeded", contract: "80312789324671", charge: "80312789324777" },
      { type: "contract.renewed", contract: "80312789324671" },
    ),
    sample(
      "a later month refused",
      purchase({ pay_type: "1", tracking_id: "80312789324671", res_tracking_id: "80312789324778", res_result: "NG" }),
      {
        type: "charge.failed",
        contract: "80312789324671",
      },
    ),
    sample(
      "a subscription cancelled",
      purchase({ pay_type: "1", service_type: "1", tracking_id: "80312789324671", res_tracking_id: "80312789324779" }),
      {
        type: "contract.cancelled",
        contract: "80312789324671",
      },
    ),
    sample("a purchase cancelled", purchase({ service_type: "1", res_date: "20261120210000" }), {
      type: "charge.voided",
      amount: yen(980),
    }),
    sample("a service type nobody explains", purchase({ service_type: "3", res_date: "20261120210001" }), { type: "unknown" }),
    sample("a result nobody explains", purchase({ res_result: "ZZ" }), { type: "unknown", gatewayType: "res_result=ZZ" }),
    sample("a deposit in XML", xml("NT01-00103-701", depositInfo), {
      type: "charge.succeeded",
      gatewayType: "NT01-00103-701",
      charge: "80312789324699",
      amount: yen(1980),
      incomplete: ["customer", "order"],
      occurredAt: Date.UTC(2026, 10, 20, 11, 59, 59),
    }),
    sample("an expiry in XML", xml("NT01-00104-703", ""), { type: "charge.voided", charge: "80312789324699" }),
    sample("an XML notice nobody explains", xml("NT09-00104-703", ""), { type: "unknown" }),
  ],
  covers: (signed, _offset, flipped) => said(signed) !== said(flipped),
  ack: { status: 200, contentType: "text/plain; charset=Shift_JIS", body: "OK," },
  nack: { status: 200, contentType: "text/plain; charset=Shift_JIS", body: "NG,not accepted" },
});

describe("SBPS's hash", () => {
  const verify = (body: Uint8Array) => verifyCallback(sbps, { ...arrived(sbps, purchase(), settings), body }, settings).kind;

  test("is that of the published notices, in upper and in lower case", () => {
    expect(verify(utf8(publishedPurchase))).toBe("verified");
    expect(verify(utf8(publishedCustomer))).toBe("verified");
    const [hash = ""] = /sps_hashcode=\w+/.exec(publishedPurchase) ?? [];
    expect(
      verify(
        utf8(
          publishedPurchase.replace(
            hash,
            hash.replace("BE33A23EC4B61A34545E0A485D0897E33383F4DE", "be33a23ec4b61a34545e0a485d0897e33383f4de"),
          ),
        ),
      ),
    ).toBe("verified");
  });

  test("is refused for the published notices that were tampered with", () => {
    expect(verify(utf8(publishedPurchase.replace("amount=980", "amount=981")))).toBe("refused");
    expect(verify(utf8(publishedPurchase.replace("&service_id=001", "")))).toBe("refused");
    expect(verify(utf8(publishedCustomer.replace("cust_code=4", "cust_code=9")))).toBe("refused");
    expect(verify(utf8(publishedPurchase.replace(/&sps_hashcode=\w+/, "")))).toBe("refused");
    expect(verify(utf8(publishedPurchase.replace(/sps_hashcode=\w+/, "sps_hashcode=")))).toBe("refused");
  });

  test.each([
    [
      "a purchase",
      "pay_method, merchant_id, service_id, cust_code, sps_cust_no, sps_payment_no, order_id, item_id, pay_item_id, item_name, tax, amount, pay_type, auto_charge_type, service_type, div_settele, last_charge_month, camp_type, tracking_id, terminal_type, free1, free2, free3, request_date, res_pay_method, res_result, res_tracking_id, res_sps_cust_no, res_sps_payment_no, res_payinfo_key, res_payment_date, res_err_code, res_date, limit_second",
    ],
    [
      "a customer",
      "pay_method, merchant_id, service_id, cust_code, sps_cust_no, sps_payment_no, terminal_type, free1, free2, free3, request_date, res_pay_method, res_result, res_sps_cust_no, res_sps_payment_no, res_payinfo_key, res_err_code, res_date, limit_second",
    ],
  ])("covers every value of %s in the specification's order", (_, order) => {
    const names = order.split(", ");
    const hash = createHash("sha1")
      .update(`${names.map((name) => `<${name}>`).join("")}${settings.secrets[0]}`)
      .digest("hex");
    const fields = Object.fromEntries([...names].sort().map((name) => [name, `<${name}>`]));
    expect(verify(form({ ...fields, sps_hashcode: hash }))).toBe("verified");
    for (const name of names) expect(verify(form({ ...fields, [name]: "x", sps_hashcode: hash }))).toBe("refused");
  });

  test("does not depend on the order of the parameters", () => {
    expect(verify(utf8(publishedPurchase.split("&").reverse().join("&")))).toBe("verified");
  });

  test("uses the first of two parameters of one name, and so does the meaning", () => {
    const appended = utf8(`${publishedPurchase}&amount=1`);
    expect(verify(appended)).toBe("verified");
    expect(sbps.parse({ ...verifiedCallback(sbps, purchase(), settings), body: appended })[0]?.amount).toEqual(yen(980));
    expect(verify(utf8(`amount=1&${publishedPurchase}`))).toBe("refused");
  });

  test.each(["〜月額−‖—¢£¬", "～月額－∥―￠￡￢"])(
    "is accepted whichever way a wave dash and its like are written in Unicode: %s",
    (name) => {
      const values = `credit19788001user-7A-1${name}980OK20261120205951`;
      const hash = createHash("sha1").update(`${values}${settings.secrets[0]}`, "utf8").digest("hex");
      const fields = { pay_method: "credit", merchant_id: "19788", service_id: "001", cust_code: "user-7", order_id: "A-1", amount: "980" };
      const body = form({ ...fields, res_result: "OK", res_date: "20261120205951", item_name: "～月額－∥―￠￡￢", sps_hashcode: hash });
      expect(verify(body)).toBe("verified");
    },
  );

  test("keeps a Japanese space, which belongs to the value, and drops others around it", () => {
    const values = "A-1　会費OK";
    const hash = createHash("sha1").update(`${values}${settings.secrets[0]}`, "utf8").digest("hex");
    expect(verify(form({ order_id: " A-1\t", item_name: " 　会費 ", res_result: "OK\r\n", sps_hashcode: `${hash}\n` }))).toBe("verified");
  });

  test("may cover a row of details, at its place before the date of the request", () => {
    const fields = { order_id: "A-1", free3: "x", dtl_rowno: "1", dtl_item_name: "会費", dtl_free3: "y", request_date: "20261120205900" };
    for (const values of ["A-1x1会費y20261120205900", "A-1x20261120205900"]) {
      const hash = createHash("sha1").update(`${values}${settings.secrets[0]}`, "utf8").digest("hex");
      expect(verify(form({ ...fields, sps_hashcode: hash }))).toBe("verified");
    }
  });

  test("of XML covers the values in the order of the document", () => {
    const raw = arrived(sbps, xml("NT01-00103-701", depositInfo), settings);
    const values = [
      "19788",
      "001",
      "x0001",
      "80312789324699",
      "20261120",
      "1",
      "980",
      "1980",
      "a&b@example.com",
      "備考",
      "20261120205959",
    ].join("");
    const key = settings.secrets[0] ?? "";
    const hash = createHash("sha1").update(iconv.encode(values, "windows-31j")).update(key).digest("hex");
    expect(Buffer.from(raw.body).toString("latin1")).toContain(`<sps_hashcode>${hash}</sps_hashcode>`);
    const asUtf8 = createHash("sha1").update(values, "utf8").update(key).digest("hex");
    expect(verify(xml("NT01-00103-701", depositInfo, `<sps_hashcode>${asUtf8}</sps_hashcode>`))).toBe("verified");
  });
});

describe("SBPS", () => {
  test("is answered in XML under the notice's own id when it sends XML", () => {
    const raw = arrived(sbps, xml("NT01-00104-703", ""), settings);
    expect(sbps.acknowledge(raw)).toEqual({
      status: 200,
      contentType: "text/xml; charset=Shift_JIS",
      body: '<?xml version="1.0" encoding="Shift_JIS"?><sps-api-response id="NT01-00104-703"><res_result>OK</res_result></sps-api-response>',
    });
    expect(sbps.refuse(raw).body).toBe(
      '<?xml version="1.0" encoding="Shift_JIS"?><sps-api-response id="NT01-00104-703"><res_result>NG</res_result><res_err_msg>bm90IGFjY2VwdGVk</res_err_msg></sps-api-response>',
    );
  });

  test("does not get its own markup back", () => {
    for (const id of ['"/><script>', "a&b", ""]) {
      const raw = { ...arrived(sbps, purchase(), settings), body: utf8(`<sps-api-request id="${id}"></sps-api-request>`) };
      expect(sbps.acknowledge(raw).body).toBe("OK,");
    }
  });

  test("must come from the source's addresses where it has some", () => {
    const addressed = { ...settings, addresses: ["61.215.213.47"] };
    const raw = arrived(sbps, purchase(), addressed);
    expect(verifyCallback(sbps, raw, addressed).kind).toBe("verified");
    expect(verifyCallback(sbps, { ...raw, sourceIp: "61.215.213.48" }, addressed).kind).toBe("refused");
  });

  test("has the same content with a parameter that is empty as without it", () => {
    const contentOf = (body: Uint8Array) => sbps.content?.(verifiedCallback(sbps, body, settings));
    expect(contentOf(purchase({ free2: "" }))).toBe(contentOf(purchase()));
    expect(contentOf(purchase({ free2: "x" }))).not.toBe(contentOf(purchase()));
  });

  test("takes for a deposit without a sum the amount of the purchase", () => {
    const told = (payinfo: string) =>
      sbps.parse(verifiedCallback(sbps, purchase({ res_result: "PY", res_payinfo_key: payinfo }), settings))[0];
    expect(told("")).toMatchObject({ type: "charge.succeeded", amount: yen(980) });
    expect(told("D,480")).toMatchObject({ type: "charge.succeeded", amount: yen(480) });
    expect(told("D,480,700")).toMatchObject({ type: "charge.succeeded", amount: yen(700) });
  });

  test("dates a deposit by when it was received, where that is a moment, and not by when the notice was sent", () => {
    const notice = Buffer.from(iconv.decode(Buffer.from(xml("NT01-00103-701", depositInfo)), "windows-31j"));
    const timed = notice.toString().replace("<rec_datetime>20261120<", "<rec_datetime>20261120180000<");
    const callback = verifiedCallback(sbps, new Uint8Array(iconv.encode(timed, "windows-31j")), settings);
    expect(sbps.parse(callback)).toMatchObject([{ occurredAt: Date.UTC(2026, 10, 20, 9) }]);
  });

  test("keeps the buyer's mail address out of the identity", () => {
    const identity = sbps.identify(
      verifiedCallback(sbps, purchase({ res_result: "PY", res_payinfo_key: "P,480,980,a@example.com" }), settings),
    );
    expect(identity).toBe("PY|80312789324671|A-1001|P,480,980|20261120205951");
  });

  test("cannot turn an expiry into a deposit by changing the kind, which the hash does not cover", () => {
    const raw = arrived(sbps, xml("NT01-00104-701", ""), settings);
    const forged = { ...raw, body: utf8(Buffer.from(raw.body).toString("latin1").replace("NT01-00104", "NT01-00103")) };
    const outcome = verifyCallback(sbps, forged, settings);
    expect(outcome.kind).toBe("verified");
    expect(() => outcome.kind === "verified" && sbps.parse(outcome.callback)).toThrow("names no amount");
  });

  test("has no identity when it names no transaction", () => {
    expect(() => sbps.identify(verifiedCallback(sbps, form({ res_result: "OK", order_id: "", amount: "1" }), settings))).toThrow(
      "no transaction",
    );
  });

  test("names no agreement in the failure of a single purchase that the simulator writes", () => {
    const money = yen(1980);
    const moment = { kind: "failed", id: "1", at: 0, customer: "c", charge: "7", order: "o", amount: money, cycle: 1, part: "1" } as const;
    const [failed] = writer.scenes.failed?.(moment, {}) ?? [];
    expect(Buffer.from(failed?.body ?? "").toString("latin1")).toContain("&tracking_id=&");
  });
});

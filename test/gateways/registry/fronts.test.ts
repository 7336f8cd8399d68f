/** What the acknowledgement relies on, gateway by gateway, written down from the gateways' documents: proof, methods, policy, addresses, answers. */
import { describe, expect, test } from "vitest";
import { verifyCallback } from "../../../core/receive/verify-callback.ts";
import { retryWaits, type SecretForm } from "../../../gateways/facts.ts";
import { type Front, findGateway, type Gateway, gateways } from "../../../gateways/index.ts";
import { signedRequest } from "../../../gateways/kit/kit.ts";
import { now, utf8 } from "../conformance/conformance.ts";

type Answer = readonly [status: number, contentType: string, body: string];

interface Expected extends Pick<Front, "strength" | "onUnverified" | "unverifiedStatus"> {
  readonly methods?: Front["methods"];
  readonly addresses?: readonly string[];
  readonly yes?: Answer;
  readonly no?: Answer;
  readonly secret?: SecretForm;
  /** Seconds that the gateway waits for the answer. */
  readonly deadline?: number;
  /** Seconds from each attempt to the next. */
  readonly waits: readonly number[];
}

const [minute, hour, day] = [60, 3_600, 86_400];
const times = (number: number, wait: number): readonly number[] => Array.from({ length: number }, () => wait);
/** What the simulator makes of a span that is published without its waits. */
const doubling = (number: number): readonly number[] => Array.from({ length: number }, (_, index) => minute * 2 ** index);

const text = "text/plain; charset=utf-8";
/** For gateways that look at the status only. */
const [yes, no]: readonly [Answer, Answer] = [
  [200, text, ""],
  [500, text, ""],
];
/** A failed proof is a wrong secret or a forger: 401, so that nobody takes it for an outage of ours. */
const signed = { strength: "signature", onUnverified: "refuse", unverifiedStatus: 401 } as const;
const token = { ...signed, strength: "shared token" } as const;
/** Where a rejection may cost a payment, or says nothing to the gateway: what is unverified is accepted, and kept apart. */
const addressed = { strength: "source address", onUnverified: "accept" } as const;
const received = (word: boolean): Answer => [word ? 200 : 500, "application/json", `{"received":${word}}`];

const expected: Readonly<Record<string, Expected>> = {
  adyen: {
    ...signed,
    secret: "hex",
    yes: [200, text, "[accepted]"],
    deadline: 10,
    waits: [
      ...times(3, 9),
      ...[2, 5, 10, 15, 30, 60, 120, 240].map((minutes) => minutes * minute),
      // Until the thirty days are over.
      ...times(88, 8 * hour),
    ],
  },
  // A registration is a GET.
  braintree: { ...signed, methods: ["POST", "GET"], waits: doubling(10) },
  epsilon: {
    strength: "none",
    onUnverified: "accept",
    yes: [200, "text/plain", "1"],
    no: [200, "text/plain", "0 999 ERROR_01"],
    waits: doubling(4),
  },
  fincode: {
    ...token,
    yes: [200, "application/json", '{"receive":"0"}'],
    no: [500, "application/json", '{"receive":"1"}'],
    waits: times(5, 20 * minute),
  },
  "gmo-pg": {
    strength: "none",
    onUnverified: "accept",
    yes: [200, "text/plain", "0"],
    no: [200, "text/plain", "1"],
    deadline: 15,
    waits: times(5, hour),
  },
  hmac: { ...signed, yes: [200, text, "OK"], no: [500, text, "NG"], waits: doubling(4) },
  komoju: { ...signed, waits: doubling(4) },
  "lemon-squeezy": { ...signed, waits: [5, 25, 125] },
  paddle: { ...signed, deadline: 5, waits: times(60, (3 * day) / 60) },
  paidy: {
    strength: "source address",
    onUnverified: "refuse",
    addresses: ["13.114.134.35", "13.113.94.100", "18.182.135.232", "52.199.50.20", "52.199.62.26"],
    deadline: 10,
    waits: times(15, (5 * hour) / 15),
  },
  payjp: { ...token, waits: times(3, 3 * minute) },
  paypal: { ...signed, secret: "rsa", waits: times(25, (3 * day) / 25) },
  sandbox: { ...signed, yes: [200, text, "OK"], no: [500, text, "NG"], waits: [1, 2, 4, 8, 16] },
  sbps: {
    strength: "signature",
    onUnverified: "accept",
    yes: [200, "text/plain; charset=Shift_JIS", "OK,"],
    no: [200, "text/plain; charset=Shift_JIS", "NG,not accepted"],
    waits: [],
  },
  // Its app review looks for a 401.
  shopify: { strength: "signature", onUnverified: "refuse", no: [401, text, ""], deadline: 5, waits: times(8, (4 * hour) / 8) },
  square: { ...signed, deadline: 10, waits: doubling(10) },
  "standard-webhooks": {
    ...signed,
    secret: "whsec",
    yes: received(true),
    no: received(false),
    deadline: 15,
    waits: [5, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 10 * hour],
  },
  stripe: { ...signed, secret: "whsec", yes: received(true), no: received(false), waits: doubling(12) },
  "telecom-credit": {
    ...addressed,
    methods: ["GET", "POST"],
    addresses: ["54.65.177.67", "52.196.8.0", "54.238.8.174", "54.95.89.20"],
    yes: [200, "text/plain", "SuccessOK"],
    no: [500, "text/plain", "NG"],
    waits: times(36, 5 * minute),
  },
  veritrans: {
    secret: "hex",
    strength: "signature",
    onUnverified: "accept",
    yes: [200, "text/plain", "0"],
    no: [500, "text/plain", "1"],
    waits: doubling(4),
  },
  zeus: {
    ...addressed,
    methods: ["GET"],
    addresses: ["210.164.6.67", "202.221.139.50"],
    yes: [200, "text/plain", "successok"],
    no: [500, "text/plain", "NG"],
    waits: times(5, minute),
  },
};

const reply = ([status, contentType, body]: Answer) => ({ status, contentType, body });

test("every gateway that is here is registered", () => {
  expect(Object.keys(gateways)).toEqual(expect.arrayContaining(Object.keys(expected)));
});

describe.each(Object.entries(expected))(
  "%s",
  (name, { methods = ["POST"], yes: word = yes, no: against = no, deadline, waits, secret, ...policy }) => {
    const gateway = findGateway(name) as Gateway;
    const request = signedRequest({ body: utf8("a=b"), now, headers: {} }, {});

    test("is proven, and answers what is not, as it should", () => {
      const { strength, onUnverified, unverifiedStatus, addresses } = gateway;
      expect({ strength, onUnverified, unverifiedStatus, addresses }).toEqual({
        unverifiedStatus: undefined,
        addresses: undefined,
        ...policy,
      });
      expect(gateway.methods).toEqual(methods);
      expect(gateway.name).toBe(name);
    });

    test("hears its own words", () => {
      expect(gateway.acknowledge(request)).toEqual(reply(word));
      expect(gateway.refuse(request)).toEqual(reply(against));
    });

    test("has secrets of its form, waits for the answer, and retries, as it publishes", () => {
      const { deadlineSeconds, retries, secret: form } = gateway.facts;
      expect(form).toBe(secret);
      expect(deadlineSeconds).toBe(deadline);
      expect(typeof retries === "string" ? retries : retryWaits(retries)).toEqual(waits);
    });

    test("signs as if it came from an address of its own", () => {
      const from = (addresses: readonly string[]) => gateway.sign(utf8("{}"), { secrets: ["00"], addresses }, now).sourceIp;
      expect(from([])).toBe(policy.addresses?.[0] ?? "127.0.0.1");
      expect(from([" 198.51.100.0/24", "203.0.113.7"])).toBe("198.51.100.0");
    });
  },
);

describe.each(Object.entries(expected).flatMap(([name, { addresses = [] }]) => (addresses.length > 0 ? [[name, addresses] as const] : [])))(
  "%s, which is known by where it sends from,",
  (name, addresses) => {
    const gateway = findGateway(name) as Gateway;
    const settings = { secrets: [] };
    const from = (sourceIp: string) => verifyCallback(gateway, { ...gateway.sign(utf8("{}"), settings, now), sourceIp }, settings);

    test.each(addresses)("is believed from %s", (address) => {
      expect(from(address).kind).toBe("verified");
    });

    test("is believed from nowhere else", () => {
      expect(from("198.51.100.7")).toEqual({ kind: "refused", reason: "the sender is not one of the gateway's addresses" });
    });
  },
);

describe("the XML notices of SBPS", () => {
  const { sbps } = gateways;
  const notice = (head: string) => signedRequest({ body: utf8(head), now, headers: {} }, {});
  const xml = (id: string, answer: string) => ({
    status: 200,
    contentType: "text/xml; charset=Shift_JIS",
    body: `<?xml version="1.0" encoding="Shift_JIS"?><sps-api-response id="${id}">${answer}</sps-api-response>`,
  });

  test.each([
    ['<sps-api-request id="NT01-00103-701">', "NT01-00103-701"],
    [
      '<?xml version="1.0" encoding="Shift_JIS"?>\n<sps-api-request version="1" id = \'NT01-00104-703\'></sps-api-request>',
      "NT01-00104-703",
    ],
    ['  \n<sps-api-request\tid="x">', "x"],
    [`<sps-api-request id="${"i".repeat(40)}">`, "i".repeat(40)],
  ])("are answered under their own id: %s", (body, id) => {
    expect(sbps.acknowledge(notice(body))).toEqual(xml(id, "<res_result>OK</res_result>"));
    expect(sbps.refuse(notice(body))).toEqual(xml(id, "<res_result>NG</res_result><res_err_msg>bm90IGFjY2VwdGVk</res_err_msg>"));
  });

  test("are known as XML by what begins within 64 bytes", () => {
    const indented = (spaces: number) => sbps.acknowledge(notice(`${" ".repeat(spaces)}<sps-api-request id="x">`));
    expect(indented(63)).toEqual(xml("x", "<res_result>OK</res_result>"));
    expect(indented(64).body).toBe("OK,");
  });

  test.each([
    "<sps-api-request>",
    '<sps-api-request id="">',
    '<sps-api-request id="a&quot;b">',
    `<sps-api-request id="${"i".repeat(41)}">`,
    '<sps-api-requestid="x">',
    '<sps-api-request grid="x">',
    '<sps-api-request <other id="x">',
    'a=<sps-api-request id="x">',
  ])("are answered as a form where they name none that can be repeated: %s", (body) => {
    expect(sbps.acknowledge(notice(body)).body).toBe("OK,");
    expect(sbps.refuse(notice(body)).body).toBe("NG,not accepted");
  });
});

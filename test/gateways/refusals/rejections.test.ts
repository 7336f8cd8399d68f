import { describe, expect, test } from "vitest";
import { gateways } from "../../../gateways/index.ts";
import { isRejection } from "../../../io/targets/delivered-gateway.ts";

/** What endpoints of these gateways answer with status 200, in one line as deliveries keep it. */
const answers: Readonly<Record<string, { readonly no: readonly string[]; readonly yes: readonly string[] }>> = {
  "gmo-pg": { no: ["1"], yes: ["0", "10", "01", "1 0", "OK", ""] },
  sbps: {
    no: [
      "NG,order unknown",
      "NG",
      "<sps-api-response><res_result>NG</res_result></sps-api-response>",
      '<?xml version="1.0" encoding="Shift_JIS"?> <sps-api-response id="A"> <res_result>NG</res_result> <res_err_msg>x</res_err_msg></sps-api-response>',
      "<sps-api-response> <res_result> NG </res_result> </sps-api-response>",
    ],
    yes: [
      ...["OK,", "OK", "NGO", "PENDING", "OK, not NG, really", "<p>NG</p>"],
      "<sps-api-response><res_result>OK</res_result></sps-api-response>",
      "OK, <sps-api-response><res_result>NG</res_result></sps-api-response>",
    ],
  },
  epsilon: { no: ["0 999 ERROR_01", "0 100"], yes: ["1", "0", "0 99 x", "10 100", "0 1001"] },
  fincode: {
    no: ['{"receive":"1"}', '{ "receive": "1" }', '{"receive" : "1"}'],
    yes: ['{"receive":"0"}', '{"receive":"1","x":1}', '{"answer":{"receive":"1"}', '{"receive":"1"} {"receive":"0"}', "1"],
  },
};

const raw = { source: "shop", method: "POST" as const, url: "", headers: {}, body: Buffer.from(""), sourceIp: "127.0.0.1", receivedAt: 0 };

const refuses = Object.values(gateways).filter((gateway) => {
  const raw = {
    source: "shop",
    method: "POST" as const,
    url: "",
    headers: {},
    body: Buffer.from(""),
    sourceIp: "127.0.0.1",
    receivedAt: 0,
  };
  return gateway.refuse(raw).status < 300;
});

test("every gateway that is rejected with a good status has its word in a list, and so has every one in this table", () => {
  const listed = Object.values(gateways).filter(({ facts }) => facts.rejections);
  expect(listed.map(({ name }) => name).toSorted()).toEqual(Object.keys(answers).toSorted());
  for (const { name } of refuses) expect(Object.keys(answers)).toContain(name);
});

describe.each(Object.entries(answers))("an application behind %s", (name, { no, yes }) => {
  const gateway = gateways[name as keyof typeof gateways];
  test.each(no)("that answers %j asks for the callback again", (answer) => {
    expect(isRejection(gateway, { raw }, {}, answer)).toBe(true);
  });
  test.each(yes)("that answers %j has taken it", (answer) => {
    expect(isRejection(gateway, { raw }, {}, answer)).toBe(false);
  });
});

test("an answer that is exactly what a source is set to reject with asks for it again", () => {
  const settings = { options: { refuseStatus: "200", refuseBody: "retry" } };
  expect(isRejection(gateways.hmac, { raw }, settings, "retry")).toBe(true);
  expect(isRejection(gateways.hmac, { raw }, settings, "retry later")).toBe(false);
  expect(isRejection(gateways.hmac, { raw }, { options: { refuseBody: "retry" } }, "retry")).toBe(false);
});

test("what one gateway means by a word no other does", () => {
  expect(isRejection(gateways.stripe, { raw }, {}, "1")).toBe(false);
  expect(isRejection(undefined, { raw }, {}, "NG")).toBe(false);
});

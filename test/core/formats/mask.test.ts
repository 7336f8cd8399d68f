import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hidden, isSecretName, maskAddresses, maskCardNumbers, maskJson, maskNamed, maskText } from "../../../core/formats/mask.ts";
import { growsGently } from "../../support/processor-time.ts";

/** An independent check digit: every second digit from the right doubled, digits summed. */
const withCheckDigit = (digits: readonly number[]): string => {
  const sum = digits
    .toReversed()
    .reduce((total, digit, place) => total + (place % 2 === 0 ? ([0, 2, 4, 6, 8, 1, 3, 5, 7, 9][digit] ?? 0) : digit), 0);
  return `${digits.join("")}${(10 - (sum % 10)) % 10}`;
};

const digit = fc.integer({ min: 0, max: 9 });
/** 13 to 19 digits; of those that may be a moment the first digit tells them apart. */
const cardNumber = fc
  .tuple(fc.integer({ min: 3, max: 9 }), fc.array(digit, { minLength: 11, maxLength: 17 }))
  .map(([first, rest]) => withCheckDigit([first, ...rest]));
const grouped = fc
  .tuple(cardNumber, fc.constantFrom("", " ", "-", "\u3000"), fc.integer({ min: 2, max: 6 }))
  .map(([card, between, size]) => (card.match(new RegExp(`.{1,${size}}`, "g")) ?? []).join(between));
const fullWidth = (text: string): string => text.replace(/\d/g, (one) => String.fromCharCode(0xff10 + Number(one)));
const digitsOf = (text: string): string => text.replace(/[^0-9]/g, "");

describe("an e-mail address", () => {
  test.each([
    ["taro@example.com", "****@example.com"],
    ["<taro.yamada+a@mail.example.co.jp>", "<*************@mail.example.co.jp>"],
    ["from=taro%40example.com&x=1", "from=****%40example.com&x=1"],
    ['"taro\\u0040example.com"', '"****\\u0040example.com"'],
    ["山田@例え.jp と hanako@example.jp", "**@例え.jp と ******@example.jp"],
    ["mailto:o'neil@example.com", "mailto:o'****@example.com"],
  ])("%s is shown as %s", (text, shown) => expect(maskAddresses(text)).toBe(shown));

  test.each(["@example", "a@b", "at 5 @ 3.50", "@aws-sdk/client-sqs", "evt_1", "user at example.com"])("%s is none", (text) =>
    expect(maskAddresses(text)).toBe(text),
  );

  test("keeps its domain and nothing else, whatever is around it, and in whatever is shown", () => {
    const word = fc.stringMatching(/^[a-z]{3,20}$/);
    fc.assert(
      fc.property(word, word, fc.constantFrom(" ", ",", '"', "<", "="), (local, domain, before) => {
        const address = `${local}@${domain}.com`;
        const shown = `${"*".repeat(local.length)}@${domain}.com`;
        for (const mask of [maskText, (text: string) => maskNamed("note", text), (text: string) => String(maskJson(text))])
          expect(mask(`x${before}${address} y`)).toBe(`x${before}${shown} y`);
      }),
    );
  });

  test("is hidden up to the sixty-four characters that it may have before its domain", () => {
    for (const length of [64, 65])
      expect(maskAddresses(`${"a".repeat(length)}@example.com`)).toBe(`${"a".repeat(length - 64)}${"*".repeat(64)}@example.com`);
  });

  test("is found in text of any length in little time", () => {
    const long = `${"a".repeat(200_000)}@`;
    expect(maskAddresses(long)).toBe(long);
  });
});

describe("a card number", () => {
  test.each([
    ["4242424242424242", "************4242"],
    ["card=4242 4242 4242 4242;", "card=**** **** **** 4242;"],
    ["3782-822463-10005", "****-******-*0005"],
    ["20261120 4242424242424242", "20261120 ************4242"],
    ["4242424242424242 20261120", "************4242 20261120"],
    ["4242424242424242, 5555555555554444", "************4242, ************4444"],
    ["4222222222222", "*********2222"],
    ["6304000000000000000", "***************0000"],
    [fullWidth("4242424242424242"), `************${fullWidth("4242")}`],
  ])("%s is shown as %s", (text, shown) => {
    expect(maskCardNumbers(text)).toBe(shown);
  });

  test("keeps its last four digits and nothing else, however it is grouped and whatever is around it", () => {
    const around = fc.string().map((text) => text.replace(/[0-9\uFF10-\uFF19]/g, "x"));
    fc.assert(
      fc.property(around, grouped, around, (before, card, after) => {
        const shown = maskCardNumbers(`${before}x${card}x${after}`);
        expect(digitsOf(shown)).toBe(digitsOf(card).slice(-4));
        expect(shown.length).toBe(before.length + card.length + after.length + 2);
      }),
    );
  });

  test("is found behind and before other groups of digits", () => {
    fc.assert(
      fc.property(grouped, fc.array(digit, { minLength: 1, maxLength: 8 }), fc.boolean(), (card, other, isBehind) => {
        const shown = maskCardNumbers(isBehind ? `${other.join("")} ${card}` : `${card} ${other.join("")}`);
        const all = digitsOf(card);
        expect(digitsOf(shown)).not.toContain(all.slice(0, -4));
        expect(shown).not.toContain(card);
      }),
    );
  });

  test("is hidden as a number too, not only as a text", () => {
    expect(maskJson({ a: [4242424242424242, 1980] })).toEqual({ a: ["************4242", 1980] });
  });
});

describe("what is not a card number", () => {
  test.each([
    ["of twelve digits", withCheckDigit([4, 2, 4, 2, 4, 2, 4, 2, 4, 2, 4])],
    ["of twenty digits", withCheckDigit(Array.from({ length: 19 }, () => 4))],
    ["of milliseconds", withCheckDigit([1, 7, 9, 5, 1, 7, 6, 0, 0, 0, 0, 0])],
  ])("a number %s stays, though its check digit is right", (_, number) => expect(maskCardNumbers(number)).toBe(number));

  test.each([
    ["begins as milliseconds do", withCheckDigit([1, 7, 9, 5, 1, 7, 6, 0, 0, 0, 0, 0, 0, 0, 0])],
    ["begins with a moment", withCheckDigit([2, 0, 2, 6, 1, 1, 2, 0, 1, 2, 0, 0, 0, 0, 7])],
    ["ends with a moment", "4220261120120005"],
  ])("but a card number that %s is", (_, number) => {
    expect(maskCardNumbers(number)).toBe(`************${number.slice(-4)}`);
  });

  test("stays as it is when the check digit is wrong", () => {
    fc.assert(
      fc.property(cardNumber, fc.integer({ min: 1, max: 9 }), (card, off) => {
        const wrong = `${card.slice(0, -1)}${(Number(card.at(-1)) + off) % 10}`;
        expect(maskCardNumbers(wrong)).toBe(wrong);
      }),
    );
  });

  test("stays as it is when it is too short or too long, and so do moments", () => {
    const moments = fc.date({ min: new Date("2001-09-10T00:00:00Z"), max: new Date("2033-01-01T00:00:00Z"), noInvalidDate: true });
    fc.assert(
      fc.property(moments, (moment) => {
        for (const text of [String(moment.getTime()), moment.toISOString().replace(/\D/g, "").slice(0, 14)])
          expect(maskCardNumbers(text)).toBe(text);
      }),
    );
    fc.assert(
      fc.property(fc.array(digit, { minLength: 20, maxLength: 60 }), (digits) => {
        expect(maskCardNumbers(digits.join(""))).toBe(digits.join(""));
      }),
    );
  });

  test("never grows, shrinks or changes into anything but asterisks", () => {
    const busy = fc.string({ unit: fc.constantFrom(..."0123456789０４２ --x") });
    fc.assert(
      fc.property(fc.oneof(busy, fc.string({ unit: "binary" })), (text) => {
        const shown = maskCardNumbers(text);
        expect(shown.length).toBe(text.length);
        for (let at = 0; at < text.length; at++) expect([text[at], "*"]).toContain(shown[at]);
      }),
    );
  });
});

describe("a secret field", () => {
  test.each([
    "password",
    "Authorization",
    "Stripe-Signature",
    "X-Api-Key",
    "client_secret",
    "sps_hashcode",
    "ShopPass",
    "cardToken",
    "cvc",
    "cvc2",
    "cvv",
    "cvv2",
    "pin",
    "Proxy-Authorization",
    "X-JWS",
    "cookie",
  ])("%s is hidden by its name", (name) => {
    expect(maskNamed(name, "abc")).toBe("****");
    expect(hidden).toBe("****");
  });

  test("that is empty is shown as empty: its absence may be the problem", () => {
    expect(maskNamed("password", "")).toBe("");
    const missing = { password: null, secret: false, token: "" };
    expect(maskJson(missing)).toEqual(missing);
  });

  test.each([
    "id",
    "amount",
    "currency",
    "shipping",
    "contract",
    "authorization_id",
    "passenger",
    "tokens_used",
    "japan",
    "spin",
    "created",
    "order_id",
  ])("%s is not", (name) => {
    expect(isSecretName(name)).toBe(false);
  });

  test("is hidden wherever it is in JSON, with everything under it, and its neighbours are not", () => {
    const name = fc.constantFrom("password", "client_secret", "Signature", "cvc");
    const path = fc.array(fc.oneof(fc.constantFrom("a", "b"), fc.constant(0)), { maxLength: 6 });
    fc.assert(
      fc.property(path, name, fc.constantFrom<unknown>("s3cr3t", { deep: "s3cr3t" }, ["s3cr3t"]), (steps, secret, value) => {
        const body = steps.reduceRight<unknown>((inner, step) => (step === 0 ? [inner] : { [step]: inner }), {
          [secret]: value,
          shown: "here",
        });
        const text = JSON.stringify(maskJson(body));
        expect(text).not.toContain("s3cr3t");
        expect(text).toContain("here");
      }),
    );
  });

  test("is hidden in XML and in assignments", () => {
    expect(maskText("<notice><sps_hashcode>ab12</sps_hashcode><amount>1980</amount></notice>")).toBe(
      `<notice><sps_hashcode>${hidden}</sps_hashcode><amount>1980</amount></notice>`,
    );
    expect(maskText('error: token=abc123, "password": "x y" order=7')).toBe(`error: token=${hidden}, "password": ${hidden} order=7`);
    for (const [text, shown] of [
      ['<token type="a" id="1">ab</token><pin>12</pin>', '<token type="a" id="1">****</token><pin>****</pin>'],
      ["<amount>1</amount><pin>12", "<amount>1</amount><pin>****"],
      ["<token>\n<id>1</id></token>", "<token>\n<id>1</id></token>"],
      ["token = 'x y' order=7", "token = **** order=7"],
      ['token="a secret=b" order=7', "token=**** order=7"],
      ['token="a"secret=b', "token=****secret=****"],
    ] as const)
      expect(maskText(text)).toBe(shown);
  });

  test("is searched a hundred levels deep; what is deeper is not shown at all", () => {
    const nested = (depth: number, wrap: (inner: unknown) => unknown): unknown => (depth === 0 ? 7 : wrap(nested(depth - 1, wrap)));
    for (const wrap of [(inner: unknown) => [inner], (inner: unknown) => ({ a: inner })]) {
      expect(maskJson(nested(100, wrap))).toEqual(nested(100, wrap));
      expect(JSON.stringify(maskJson(nested(101, wrap)))).toBe(JSON.stringify(nested(101, wrap)).replace("7", '"..."'));
    }
  });
});

describe("masking", () => {
  test("survives every text and every JSON value", () => {
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => typeof maskText(text) === "string"));
    fc.assert(fc.property(fc.jsonValue(), (value) => JSON.stringify(maskJson(value)) !== undefined));
    let deep: unknown = "end";
    for (let depth = 0; depth < 100_000; depth++) deep = [deep];
    expect(JSON.stringify(maskJson(deep))).toContain("...");
  });

  test.each(["4 ", "1", "a-", "<a>"])("takes no more time than it is long, of whatever it consists: %j", (part) => {
    expect(growsGently((size) => maskText(part.repeat(size / part.length)), 100_000)).toBe(true);
  });
});

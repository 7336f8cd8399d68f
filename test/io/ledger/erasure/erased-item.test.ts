/** Items of the ledger table before and after an erasure: those of a person, and those that only look so. */
import { describe, expect, test } from "vitest";
import { pseudonym, renaming } from "../../../../core/erasure/pseudonym.ts";
import { erasedItem } from "../../../../io/ledger/erasure/erased-item.ts";
import { lookItem } from "../../../../io/ledger/findings/finding-item.ts";
import { entryToItem } from "../../../../io/ledger/ledger-item.ts";
import { accountPointerKey, customerPointerKey, orderKey } from "../../../../io/table.ts";
import { paymentEvent } from "../../../support/samples.ts";

const mail = "taro@example.com";
const rename = renaming(new Set(["a-17"]));
const [account, customer] = [pseudonym("a-17"), pseudonym(mail)];
const keyed = ({ pk, sk }: { readonly pk: string; readonly sk: string }) => ({ pk: { S: pk }, sk: { S: sk } });

describe("an item", () => {
  test("of an entry whose contract is an e-mail address moves to its hash, and keeps its record's key", () => {
    const entry = {
      source: "shop",
      contract: mail,
      record: `shop/end/${mail}` as const,
      event: paymentEvent({ contract: mail, reason: "no" }),
    };
    const erased = erasedItem(entryToItem(entry), rename);
    expect(erased).toEqual(entryToItem({ ...entry, contract: customer, event: paymentEvent({ contract: customer }) }));
    expect(erased.record).toEqual({ S: `shop/end/${mail}` });
  });

  test("that points to the account points to its hash, in its key as well", () => {
    const before = { ...keyed(accountPointerKey("shop", "sub_1", "a-17")), account: { S: "a-17" } };
    expect(erasedItem(before, rename)).toEqual({ ...keyed(accountPointerKey("shop", "sub_1", account)), account: { S: account } });
  });

  test("of a customer moves with what it points to, and an order keeps its number", () => {
    const pointer = { ...keyed(customerPointerKey("shop", mail, "contract", "sub_1")), line: { S: "sub_1" } };
    expect(erasedItem(pointer, rename)).toEqual({
      ...keyed(customerPointerKey("shop", customer, "contract", "sub_1")),
      line: { S: "sub_1" },
    });
    const order = { ...keyed(orderKey("shop", "o-1")), lines: { SS: ["sub_1", mail] }, accounts: { SS: ["a-17", "b-3"] } };
    expect(erasedItem(order, rename)).toEqual({ ...order, lines: { SS: ["sub_1", customer] }, accounts: { SS: [account, "b-3"] } });
  });

  test("that has the findings of an account looked for does so under its hash", () => {
    expect(erasedItem(lookItem({ account: "a-17" }, 5), rename)).toEqual(lookItem({ account }, 5));
    expect(erasedItem(lookItem({ source: "shop", line: mail }, 5), rename)).toEqual(lookItem({ source: "shop", line: customer }, 5));
  });

  test("of a note keeps who noted it, and when", () => {
    const note = { pk: { S: "account a-17" }, sk: { S: "note#2026-11-20T12:00:00.000Z#x" } };
    const noted = (text: string) => ({ note: { S: JSON.stringify({ at: 5, by: "ann@shop.example", text }) } });
    const erased = { ...note, pk: { S: `account ${account}` }, ...noted("erased") };
    expect(erasedItem({ ...note, ...noted("call taro@example.com") }, rename)).toEqual(erased);
    expect(erasedItem(erased, rename)).toEqual(erased);
  });

  test("of a kind that is not known yet keeps what it has", () => {
    const other = { pk: { S: "contract shop/sub_1" }, sk: { S: "other#1" }, text: { S: '{"by":"ann@shop.example"}' } };
    expect(erasedItem(other, rename)).toEqual(other);
  });

  test("that is a record's place in a line, or has nothing to erase, or cannot be read, stays as it is", () => {
    const line = { pk: { S: `contract shop/${mail}` }, sk: { S: "line#1#shop/evt_1" }, key: { S: "shop/evt_1" } };
    const plain = entryToItem({ source: "shop", contract: "sub_1", record: "shop/evt_1", event: paymentEvent({ contract: "sub_1" }) });
    const broken = { pk: { S: "contract shop/sub_1" }, sk: { S: "finding#A3" }, finding: { S: "{}" }, revision: { N: "1" } };
    for (const item of [line, plain, broken, lookItem({ source: "shop", line: "sub_1" }, 5)])
      expect(erasedItem(item, rename)).toEqual(item);
  });
});

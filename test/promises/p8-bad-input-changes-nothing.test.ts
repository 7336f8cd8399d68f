import { expect, test } from "vitest";
import { keyOf } from "../faults/sent/callbacks.ts";
import { pass, send, work } from "../faults/stories/verbs.ts";
import { callback, play } from "./play.ts";

const [payment, forged] = [callback("payment"), callback("payment", { nature: "forged", variant: 1 })];

test("a forged callback is rejected, quarantined, and neither ledger nor application learn of it", async () => {
  const { words, done, ledger, counted, told } = await play(async (setting) => {
    await send(setting, callback("forged", { nature: "forged" }));
    await work(setting);
  });
  expect(words("forged")).toEqual(["no"]);
  expect([counted("Unproven"), counted("Quarantined")]).toEqual([1, 1]);
  expect(told.stores.records.map(({ verification }) => verification)).toEqual(["refused"]);
  expect([done, ledger]).toEqual([[], []]);
});

test("forged bytes under the id of a genuine callback, before or after it, change nothing about that one", async () => {
  for (const order of [
    [forged, payment],
    [payment, forged],
  ]) {
    const { words, done, ledger, told } = await play(async (setting) => {
      await send(setting, ...order);
      await work(setting);
    });
    expect([words("payment"), words("payment'")]).toEqual([["yes"], ["no"]]);
    expect([done, ledger]).toEqual([["payment"], ["a payment"]]);
    expect(told.stores.records.find(({ key }) => key === keyOf(payment))?.sha256).toBe(payment.sha256);
  }
});

test("a forged callback that was acknowledged because the secret could not be read ends by rule when it can, and no replay delivers it", async () => {
  const { words, done, ledger, told } = await play(
    async (setting) => {
      const { secrets } = setting.simulation;
      secrets.readable = false;
      await send(setting, forged);
      secrets.readable = true;
      await pass(setting, 120_000);
    },
    { isThorough: true },
  );
  expect(words("payment'")).toEqual(["yes"]);
  expect([...told.stores.progress.values()]).toMatchObject([{ state: "ignored", cause: { kind: "not genuine" } }]);
  expect([done, ledger]).toEqual([[], []]);
});

test("one that its gateway's parser does not understand is a dead letter that nothing waits behind", async () => {
  const { words, done, told } = await play(async (setting) => {
    await send(setting, callback("odd", { nature: "unparseable" }), payment);
    await work(setting);
  });
  expect(words("odd")).toEqual(["yes"]);
  expect(told.stores.progress.get("sandbox/odd")?.state).toBe("dead");
  expect(done).toEqual(["payment"]);
});

test("a quarantine that cannot be written does not lead to an acknowledgement", async () => {
  const { words, counted } = await play((setting) => send(setting, callback("forged", { nature: "forged" })), {
    faults: { "receive: DynamoDB PutItem quarantine #1": "service down" },
  });
  expect(words("forged")).toEqual(["no"]);
  expect(counted("NotQuarantined")).toBe(1);
});

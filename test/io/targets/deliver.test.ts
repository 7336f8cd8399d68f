import { Webhook } from "standardwebhooks";
import { describe, expect, onTestFinished, test } from "vitest";
import type { HttpTarget } from "../../../core/config/config.ts";
import { withDefaults } from "../../../core/config/defaults.ts";
import { verifyCallback } from "../../../core/receive/verify-callback.ts";
import { gateways } from "../../../gateways/index.ts";
import type { SecretReader, Secrets } from "../../../io/secrets.ts";
import { createDeliver } from "../../../io/targets/deliver.ts";
import type { DeliveryOrder } from "../../../io/targets/messages.ts";
import { callbackRecord, paymentEvent } from "../../support/samples.ts";
import { startApplication } from "../../support/world/application.ts";

const key = `whsec_${Buffer.from("a key that is long enough").toString("base64")}`;

const setup = async (
  target: Partial<HttpTarget> = {},
  secret: Secrets = { kind: "readable", secrets: [key] },
  clock: () => number = Date.now,
  renewed?: Secrets,
) => {
  const application = await startApplication();
  onTestFinished(() => application.close());
  const config = withDefaults({
    name: "shop",
    sources: {},
    targets: { app: { kind: "http", url: application.url, mode: "pass-through", allowAddresses: ["127.0.0.1"], ...target } },
  });
  const asked: string[] = [];
  const secrets: SecretReader = {
    read: async (name) => {
      asked.push(name);
      return secret;
    },
    renew: async () => {
      asked.push("renew");
      secret = renewed ?? secret;
      return renewed !== undefined;
    },
  };
  const findGateway = (name: string) =>
    name === "sandbox"
      ? { facts: { rejections: [/^NG(,|$)/] }, refuse: () => ({ status: 200, contentType: "text/plain", body: "again please" }) }
      : undefined;
  const deliver = createDeliver({ config, findGateway, secrets, clock });
  const send = (changes: Partial<DeliveryOrder> = {}) =>
    deliver({ record: callbackRecord("evt_1"), events: [paymentEvent()], target: "app", attempt: 1, ...changes });
  return { application, send, asked };
};

describe("a record passed through", () => {
  test("is delivered once, with the gateway's bytes, however many events it carries", async () => {
    const { application, send, asked } = await setup();
    expect(await send({ events: [paymentEvent(), paymentEvent({ id: "evt_1#2" })], attempt: 4 })).toEqual({
      kind: "delivered",
      answer: "200",
    });
    expect(application.received).toHaveLength(1);
    expect(application.received[0]).toMatchObject({ record: "sandbox/evt_1", attempt: 4, body: Buffer.from('{"id":"evt_1"}') });
    expect(asked).toEqual([]);
  });

  test.each([200, 201, 202, 204, 299])("is delivered when the application answers %i", async (status) => {
    const { application, send } = await setup();
    application.behave(() => ({ status }));
    expect(await send()).toEqual({ kind: "delivered", answer: String(status) });
  });

  test.each([300, 302, 400, 404, 409, 410, 429, 500, 503])("is answered, and not delivered, when that is %i", async (status) => {
    const { application, send } = await setup();
    application.behave(() => ({ status, body: "out of\norder" }));
    expect(await send()).toEqual({ kind: "answered", status, answer: `${status} out of order` });
  });

  test("is rejected when the application says so in the gateway's own word, with a good status", async () => {
    const { application, send } = await setup();
    application.behave(() => ({ status: 200, body: "NG,order unknown\r\n" }));
    expect(await send()).toEqual({ kind: "rejected", status: 200, answer: "200 NG,order unknown" });
    application.behave(() => ({ status: 201, body: "again please\n" }));
    expect(await send()).toMatchObject({ kind: "rejected", status: 201 });
    application.behave(() => ({ status: 200, body: "OK, not NG" }));
    expect(await send()).toMatchObject({ kind: "delivered" });
  });

  test("reports how long the application asks to wait", async () => {
    const { application, send } = await setup();
    application.behave(() => ({ status: 429, headers: { "retry-after": "120" } }));
    expect(await send()).toMatchObject({ kind: "answered", status: 429, retryAfterMs: 120_000 });
    application.behave(() => ({ status: 429, headers: { "retry-after": "soon" } }));
    expect(await send()).not.toHaveProperty("retryAfterMs");
  });

  test("is unanswered when the application hangs up, or takes longer than the target allows", async () => {
    const { application, send } = await setup({ timeoutSeconds: 0.1234567 });
    application.behave(() => undefined);
    expect(await send()).toMatchObject({ kind: "unanswered" });
    const { url } = application;
    await application.close();
    expect(await send()).toMatchObject({ kind: "unanswered", cause: { kind: "no answer", detail: `ECONNREFUSED (${new URL(url).host})` } });
  });

  test("fails permanently when the target's address is private and not allowed, or there is no such target", async () => {
    const { application, send } = await setup({ allowAddresses: [] });
    expect(await send()).toMatchObject({ kind: "undeliverable", cause: { kind: "forbidden address", address: "127.0.0.1" } });
    expect(await send({ target: "other" })).toEqual({ kind: "undeliverable", cause: { kind: "target not configured", target: "other" } });
    expect(application.received).toEqual([]);
  });
});

test("a record whose signature is made again is sent again at once where the source's secret was changed since it was read", async () => {
  const application = await startApplication();
  onTestFinished(() => application.close());
  const config = withDefaults({
    name: "shop",
    sources: { sandbox: { gateway: "sandbox", target: "app" } },
    targets: { app: { kind: "http", url: application.url, mode: "pass-through", resign: true, allowAddresses: ["127.0.0.1"] } },
  });
  let known = "old";
  const secrets: SecretReader = {
    read: async () => ({ kind: "readable", secrets: [known] }),
    renew: async () => {
      known = "new";
      return true;
    },
  };
  const { sandbox } = gateways;
  application.behave(({ body, headers }) => {
    const raw = { ...callbackRecord("evt_1").raw, body, headers: headers as Record<string, string>, receivedAt: Date.now() };
    return { status: verifyCallback(sandbox, raw, { secrets: ["new"] }).kind === "verified" ? 200 : 401 };
  });
  const deliver = createDeliver({ config, findGateway: () => sandbox, secrets, clock: Date.now });
  const outcome = await deliver({ record: callbackRecord("evt_1"), events: [paymentEvent()], target: "app", attempt: 1 });
  expect([outcome.kind, application.received.length]).toEqual(["delivered", 2]);
});

describe("a record for a signed target", () => {
  const three = [paymentEvent(), paymentEvent({ id: "evt_1#2" }), paymentEvent({ id: "evt_1#3" })];

  test("is one message per event, in their order, each signed with the target's key", async () => {
    const { application, send, asked } = await setup({ mode: "signed" });
    expect(await send({ events: three })).toEqual({ kind: "delivered", answer: "200" });
    const ids = application.received.map(({ body, headers }) => {
      const message = new Webhook(key).verify(body.toString("utf8"), headers as Record<string, string>);
      return (message as { data: { id: string } }).data.id;
    });
    expect(ids).toEqual(["evt_1", "evt_1#2", "evt_1#3"]);
    expect(asked).toEqual(["shop/target/app"]);
  });

  test("has failed with the first message that fails, and those after it are not sent", async () => {
    const { application, send } = await setup({ mode: "signed" });
    application.behave(({ headers }) => ({ status: headers["webhook-id"] === "sandbox/evt_1#2" ? 503 : 200 }));
    expect(await send({ events: three })).toMatchObject({ kind: "answered", status: 503 });
    expect(application.received.map(({ headers }) => headers["webhook-id"])).toEqual(["sandbox/evt_1", "sandbox/evt_1#2"]);
  });

  test("goes on only as long as it may, which is asked after each that was accepted while others follow", async () => {
    const { application, send } = await setup({ mode: "signed" });
    const asked: string[] = [];
    const mayGoOn = (until: number) => async (event: { readonly id: string }) => asked.push(event.id) < until;
    expect(await send({ events: three, mayGoOn: mayGoOn(2) })).toEqual({ kind: "partly" });
    expect(application.received).toHaveLength(2);
    expect(asked).toEqual(["evt_1", "evt_1#2"]);
    asked.length = 0;
    expect(await send({ events: three, mayGoOn: mayGoOn(3) })).toEqual({ kind: "delivered", answer: "200" });
    expect(asked).toEqual(["evt_1", "evt_1#2"]);
  });

  test("signs each message when it is sent, and only the first of them has been attempted before", async () => {
    const time = { now: Date.UTC(2026, 10, 20, 12) };
    const { application, send } = await setup({ mode: "signed" }, undefined, () => time.now);
    application.behave(() => {
      time.now += 7_000;
      return { status: 200 };
    });
    await send({ events: three, attempt: 3 });
    const header = (name: string) => application.received.map(({ headers }) => Number(headers[name]));
    const [first = 0] = header("webhook-timestamp");
    expect(header("webhook-timestamp")).toEqual([first, first + 7, first + 14]);
    expect(header("holdfast-attempt")).toEqual([3, 1, 1]);
  });

  describe("that the application refuses for its signature", () => {
    const newKey = `whsec_${Buffer.from("the key that came after it").toString("base64")}`;
    const verifying =
      (by: string, status: number) =>
      ({ body, headers }: { readonly body: Buffer; readonly headers: object }) => {
        try {
          new Webhook(by).verify(body.toString("utf8"), headers as Record<string, string>);
          return { status: 200 };
        } catch {
          return { status };
        }
      };

    test.each([400, 401, 403])(
      "with %i is sent again at once where the key was changed since it was read, and so are those after it",
      async (status) => {
        const { application, send, asked } = await setup({ mode: "signed" }, undefined, undefined, { kind: "readable", secrets: [newKey] });
        application.behave(verifying(newKey, status));
        expect(await send({ events: three })).toEqual({ kind: "delivered", answer: "200" });
        expect(application.received.map(({ headers }) => headers["webhook-id"])).toEqual(
          ["evt_1", "evt_1", "evt_1#2", "evt_1#3"].map((id) => `sandbox/${id}`),
        );
        expect(asked.filter((what) => what === "renew")).toHaveLength(1);
      },
    );

    test.each<[string, Secrets | undefined]>([
      ["it was not changed", undefined],
      ["it cannot be read now", { kind: "unreadable", reason: "Secrets Manager is away" }],
      ["it was changed to another that is refused too", { kind: "readable", secrets: ["a third"] }],
    ])("is answered where %s", async (_, renewed) => {
      const { application, send } = await setup({ mode: "signed" }, undefined, undefined, renewed);
      application.behave(verifying(newKey, 401));
      expect(await send()).toMatchObject({ kind: "answered", status: 401 });
      expect(application.received).toHaveLength(renewed?.kind === "readable" ? 2 : 1);
    });
  });

  test("is not asked about its key for any other refusal", async () => {
    const { application, send, asked } = await setup({ mode: "signed" });
    for (const status of [404, 409, 422, 500]) {
      application.behave(() => ({ status }));
      await send();
    }
    expect(asked).not.toContain("renew");
  });

  test("waits for another attempt while the key cannot be read, and nothing goes out unsigned", async () => {
    const { application, send } = await setup({ mode: "signed" }, { kind: "unreadable", reason: "Secrets Manager is away" });
    expect(await send()).toEqual({
      kind: "unsigned",
      cause: { kind: "secret unreadable", secret: expect.stringMatching(/app/), detail: "Secrets Manager is away" },
    });
    expect(application.received).toEqual([]);
  });

  test("is delivered whatever words the application answers with a good status: they are ours, not the gateway's", async () => {
    const { application, send } = await setup({ mode: "signed" });
    application.behave(() => ({ status: 200, body: "NG" }));
    expect(await send()).toMatchObject({ kind: "delivered" });
  });

  test("is delivered when there is nothing to say", async () => {
    const { application, send } = await setup({ mode: "signed" });
    expect(await send({ events: [] })).toEqual({ kind: "delivered", answer: "nothing to send" });
    expect(application.received).toEqual([]);
  });
});

/** The request as the front makes an event of it, and the callback the function makes of the event. */
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { toRawCallback } from "../../functions/shell/http.ts";
import { isText, toAnswer, toEvent } from "../../local/front/http-event.ts";
import { findRoute } from "../../local/front/routes.ts";
import type { Case } from "./case.ts";
import { calm, must, unchanged } from "./oracle.ts";
import type { Target } from "./target.ts";

const routes = [{ key: "ANY /callbacks/{source}", functionName: "receive", timeoutMs: 1 }];

const seeds: readonly Case[] = [
  { body: Buffer.from('{"id":"evt_1"}'), headers: { "content-type": "application/json", "x-signature": "a" } },
  {
    body: Buffer.from("a=1&b=%8ER"),
    headers: { "content-type": "application/x-www-form-urlencoded" },
    target: "/callbacks/a%2Dsource?x=1",
  },
  { body: Buffer.alloc(0), method: "GET", target: "/callbacks/zeus?result=OK&name=%8ER" },
];

const check = ({ body, method = "POST", target = "/callbacks/a-source", headers = {}, sourceIp = "::1" }: Case): void =>
  unchanged(body, () => {
    const path = target.split("?")[0] ?? "/";
    const route = calm("findRoute", () => findRoute(routes, method, path));
    if (!route) return;
    const arrived = {
      method,
      target,
      rawHeaders: Object.entries(headers).flat(),
      body: Buffer.from(body),
      sourceIp,
      protocol: "HTTP/1.1",
      now: 1_795_176_000_000,
    };
    const event = calm("toEvent", () => JSON.parse(JSON.stringify(toEvent(arrived, route)))) as APIGatewayProxyEventV2;
    const raw = calm("toRawCallback", () => toRawCallback(event));
    const sent = method === "GET" ? Buffer.from(target.split("?").slice(1).join("?"), "latin1") : Buffer.from(body);
    // What calls itself text and is not comes damaged out of API Gateway; that cannot be helped, and then nothing verifies.
    const isDamaged = method !== "GET" && isText(raw.headers["content-type"]) && !Buffer.from(sent.toString("utf8")).equals(sent);
    must(isDamaged || sent.equals(raw.body), "other bytes came out than went in");
    const kept = Object.keys(raw.headers);
    for (const name of Object.keys(headers)) if (name === "x-signature") must(kept.includes(name), `the header ${name} is lost`);
    calm("toAnswer", () => toAnswer(JSON.parse(JSON.stringify({ statusCode: 200, body: raw.url }))));
  });

export const frontTarget: Target = { name: "front", folders: ["front"], seeds, check };

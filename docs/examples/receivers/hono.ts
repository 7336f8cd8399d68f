/** A receiver in a Hono application, on Node.js or wherever Hono runs: `app.route("/", webhooks(...))`. */
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { mostBytes, type Receiver, receive } from "./receive.ts";

export const webhooks = (receiver: Receiver): Hono =>
  new Hono().post("/webhooks", bodyLimit({ maxSize: mostBytes }), async (context) => {
    // The text, and not `context.req.json()`, which would have to be written again to be verified.
    const body = await context.req.text();
    return context.body(null, await receive(receiver, { body, headers: context.req.header() }));
  });

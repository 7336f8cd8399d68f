/** A receiver in an Express application. */
import express, { type Router } from "express";
import { mostBytes, type Receiver, receive } from "./receive.ts";

/** `app.use(webhooks(...))`, before any `app.use(express.json())`: what that has parsed has lost its bytes. */
export const webhooks = (receiver: Receiver): Router =>
  express.Router().post("/webhooks", express.raw({ type: () => true, limit: mostBytes }), async (request, response) => {
    const body: unknown = request.body;
    // Without a body there is nothing that was read.
    response.sendStatus(await receive(receiver, { body: Buffer.isBuffer(body) ? body : "", headers: request.headers }));
  });

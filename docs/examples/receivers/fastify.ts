/** A receiver as a Fastify plugin: `app.register(webhooks, { webhook, store })`. */
import type { FastifyPluginAsync } from "fastify";
import { mostBytes, type Receiver, receive } from "./receive.ts";

export const webhooks: FastifyPluginAsync<Receiver> = async (app, receiver) => {
  // Fastify parses JSON before a handler sees it. Within this plugin, and only here, bodies stay as they came.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => done(null, body));
  app.post("/webhooks", { bodyLimit: mostBytes }, async (request, reply) => {
    const { body, headers } = request;
    return reply.code(await receive(receiver, { body: Buffer.isBuffer(body) ? body : "", headers })).send();
  });
};

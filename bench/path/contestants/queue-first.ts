/** The recipe that Stripe publishes for serverless endpoints: verify, put into a queue, answer. No table; the queue's own redrive is the safety net. */
import { SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { clientSettings, urgent } from "../../../io/clients.ts";
import type { Contestant } from "../../ack/contestants/contestant.ts";
import { mustBeGenuine, rawOf } from "../../ack/contestants/genuine.ts";

const queue = new SQSClient(clientSettings(urgent));

export const { handler } = {
  async handler(event) {
    mustBeGenuine(rawOf(event), process.env.STRIPE_SECRET ?? "");
    await queue.send(new SendMessageCommand({ QueueUrl: process.env.QUEUE_URL, MessageBody: event.body }));
    return { statusCode: 200, body: '{"received":true}' };
  },
} satisfies Contestant;

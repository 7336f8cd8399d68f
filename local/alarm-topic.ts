/**
 * The alarm topic on this machine, where no mail is sent: what the functions publish is written into a file, to be read there. Alarms themselves
 * are CloudWatch's, which this machine has not; `holdfast status` says the same.
 */
import { randomUUID } from "node:crypto";
import { appendFile } from "node:fs/promises";
import { createServer } from "node:http";
import { basename } from "node:path";
import type { Millis } from "../core/callback.ts";
import { isoTime } from "../core/formats/iso-time.ts";
import { type Listening, listenOn } from "./front/listening.ts";
import type { Say } from "./log.ts";

/** Answers SNS's `Publish`, and nothing else. @param file where messages are added */
export const startAlarmTopic = ({
  file,
  clock,
  say,
}: {
  readonly file: string;
  readonly clock: () => Millis;
  readonly say: Say;
}): Promise<Listening> => {
  const deliver = async (asked: URLSearchParams): Promise<void> => {
    const [topic = "", subject = ""] = [asked.get("TopicArn")?.split(":").at(-1), asked.get("Subject") ?? ""];
    await appendFile(file, `${isoTime(clock())} to ${topic}: ${subject}\n\n${asked.get("Message") ?? ""}\n`);
    say(`to ${topic}, in ${basename(file)}: ${subject}`);
  };

  return listenOn(
    createServer((request, response) => {
      const reply = (status: number, body: string) => response.writeHead(status, { "content-type": "text/xml" }).end(body);
      void (async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        const asked = new URLSearchParams(Buffer.concat(chunks).toString());
        if (asked.get("Action") !== "Publish") return reply(400, refusal);
        await deliver(asked);
        return reply(200, receipt(randomUUID()));
      })().catch(() => reply(500, refusal));
    }),
    0,
  );
};

const namespace = "http://sns.amazonaws.com/doc/2010-03-31/";

const receipt = (id: string): string =>
  `<PublishResponse xmlns="${namespace}"><PublishResult><MessageId>${id}</MessageId></PublishResult><ResponseMetadata><RequestId>${id}</RequestId></ResponseMetadata></PublishResponse>`;

const refusal = `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type><Code>InvalidAction</Code><Message>not on this machine</Message></Error></ErrorResponse>`;

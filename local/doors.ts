/**
 * Functions and event buses that are targets are the application's own, and are not on this machine. This answers in their place, as the
 * services do where all is well: it takes every message, and logs it as the built-in application logs a delivery. An event that somebody puts
 * in a partner's place goes to `listen`.
 */
import { randomUUID } from "node:crypto";
import { createServer } from "node:http";
import type { Millis } from "../core/callback.ts";
import type { Config } from "../core/config/config.ts";
import { isoTime } from "../core/formats/iso-time.ts";
import { at, listAt, numberAt, parseJson, textAt } from "../core/formats/json.ts";
import type { PartnerEvent } from "../core/receive/bus-callback.ts";
import type { Delivery } from "./application.ts";
import { type Listening, listenOn } from "./front/listening.ts";

/** Where the messages for functions and event buses go, by target: into the log, unless the environment names another engine. */
export const placesOfOthers = (
  { targets }: Pick<Config, "targets">,
  log: string,
  elsewhere: { readonly [Kind in "lambda" | "eventbridge"]: string | undefined },
): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(targets).flatMap(([name, { kind }]) =>
      kind === "lambda" || kind === "eventbridge" ? [[name, elsewhere[kind] ?? log]] : [],
    ),
  );

const invocation = /^\/2015-03-31\/functions\/([^/]+)\/invocations/;

/**
 * @param take what notes a delivery; its answer is not the target's
 * @param hand what gets the events that somebody sends in a partner's place; its answer says why that failed
 */
export const startDoors = (
  take: (delivery: Delivery) => Promise<unknown>,
  hand: (event: PartnerEvent) => Promise<string | undefined>,
  clock: () => Millis,
): Promise<Listening> => {
  const note = (place: string, message: Buffer) => {
    const said = parseJson(message);
    return take({
      record: textAt(said, "data", "record") ?? "",
      attempt: numberAt(said, "delivery", "attempt") ?? 0,
      id: textAt(said, "delivery", "id") ?? "",
      path: place,
      body: message,
      arrivedAt: performance.now(),
      gone: new AbortController().signal,
    });
  };

  const answer = async (path: string, operation: string, body: Buffer): Promise<{ readonly status: number; readonly body: unknown }> => {
    const called = invocation.exec(path)?.[1];
    if (called !== undefined) {
      await note(decodeURIComponent(called), body);
      return { status: 200, body: null };
    }
    if (operation === "AWSEvents.DescribeEventBus") return { status: 200, body: {} };
    if (operation === "AWSEvents.PutPartnerEvents")
      return { status: 200, body: await putPartnerEvents(listAt(parseJson(body), "Entries")) };
    if (operation !== "AWSEvents.PutEvents")
      return { status: 400, body: { __type: "UnknownOperationException", message: "not on this machine" } };
    const entries = listAt(parseJson(body), "Entries");
    for (const entry of entries) await note(textAt(entry, "EventBusName") ?? "", Buffer.from(String(at(entry, "Detail") ?? "")));
    return { status: 200, body: { FailedEntryCount: 0, Entries: entries.map(() => ({ EventId: randomUUID() })) } };
  };

  const putPartnerEvents = async (entries: readonly unknown[]) => {
    const results: object[] = [];
    for (const entry of entries) {
      const event = {
        version: "0",
        id: randomUUID(),
        source: textAt(entry, "Source") ?? "",
        "detail-type": textAt(entry, "DetailType") ?? "",
        time: isoTime(clock()),
        detail: parseJson(Buffer.from(textAt(entry, "Detail") ?? "")),
      };
      const failure = await hand(event);
      results.push(failure === undefined ? { EventId: event.id } : { ErrorCode: "InternalFailure", ErrorMessage: failure });
    }
    return { FailedEntryCount: results.filter((one) => "ErrorCode" in one).length, Entries: results };
  };

  return listenOn(
    createServer((request, response) => {
      void (async () => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        const said = await answer(request.url ?? "/", String(request.headers["x-amz-target"] ?? ""), Buffer.concat(chunks));
        response.writeHead(said.status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(said.body));
      })().catch(() => response.writeHead(500).end("{}"));
    }),
    0,
  );
};

/**
 * The front: an HTTP server that does what HTTP API does between a gateway and a function - routes, limits, throttling, the
 * event, the answer. Under `/_local/` it reports on the local stack itself.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Millis } from "../../core/callback.ts";
import type { Outcome } from "../lambda/sandbox.ts";
import { within } from "../wait.ts";
import { type Answer, internalServerError, ownAnswer, toAnswer, toEvent } from "./http-event.ts";
import { type Listening, listenOn } from "./listening.ts";
import { type ApiPlan, findRoute } from "./routes.ts";
import { createBucket } from "./throttle.ts";

interface Front extends Listening {
  /** Until this is called every request is answered with 503: the gateways retry. */
  open(behind: Behind): void;
}

interface Behind {
  readonly api: ApiPlan;
  readonly invoke: (functionName: string, payload: unknown) => Promise<Outcome>;
  /** Pages under `/_local/`, by name: JSON, or an answer with a status of its own. */
  readonly pages: Readonly<Record<string, (request: PageRequest) => unknown>>;
  readonly clock: () => Millis;
}

export interface PageRequest {
  readonly method: string;
  readonly contentType: string;
  readonly body: Buffer;
}

/** HTTP API's limits: request line and headers, body, and what fits into a function's payload (Lambda's 6 MB). */
const maxHeaderBytes = 10_240;
const maxBodyBytes = 10 * 1024 * 1024;
const maxPayloadBytes = 6 * 1024 * 1024;

const tooLong = ownAnswer(413, "Request Too Long");
const unavailable = ownAnswer(503, "Service Unavailable");

/**
 * Milliseconds a sender may take for its headers and for its whole request; then it gets 408 and is disconnected. API Gateway
 * buffers requests itself: a slow sender never holds a function there, and here it holds nothing but its own connection.
 */
interface Patience {
  readonly headersTimeout: number;
  readonly requestTimeout: number;
  readonly connectionsCheckingInterval: number;
}

const usualPatience: Patience = { headersTimeout: 20_000, requestTimeout: 30_000, connectionsCheckingInterval: 5_000 };

/** @throws Failure when the port is taken. */
export const startFront = async (port: number, patience: Patience = usualPatience): Promise<Front> => {
  let answer: ((request: IncomingMessage) => Promise<Answer>) | undefined;
  const server = createServer({ maxHeaderSize: maxHeaderBytes, keepAliveTimeout: 60_000, ...patience }, (request, response) => {
    void (answer ? answer(request) : Promise.resolve(unavailable))
      .catch(() => internalServerError)
      .then((given) => send(response, request, given));
  });
  const listening = await listenOn(server, port);
  return {
    ...listening,
    open: (behind) => {
      answer = answering(behind);
    },
    close: async () => {
      answer = undefined;
      await listening.close();
    },
  };
};

const answering = ({ api, invoke, pages, clock }: Behind) => {
  const mayPass = createBucket(api.throttle);
  return async (request: IncomingMessage): Promise<Answer> => {
    const target = request.url ?? "/";
    const path = target.split("?")[0] ?? "/";
    const page = /^\/_local\/([a-z]+)$/.exec(path)?.[1];
    if (page !== undefined && Object.hasOwn(pages, page)) return answerPage(request, pages[page]);
    const route = findRoute(api.routes, request.method ?? "GET", path);
    if (!route) return ownAnswer(404, "Not Found");
    if (!mayPass(performance.now())) return ownAnswer(429, "Too Many Requests");
    const body = await readBody(request);
    if (!body) return tooLong;
    const event = toEvent(
      {
        method: request.method ?? "GET",
        target,
        rawHeaders: request.rawHeaders,
        body,
        sourceIp: (request.socket.remoteAddress ?? "").replace(/^::ffff:/, ""),
        protocol: `HTTP/${request.httpVersion}`,
        now: clock(),
      },
      route,
    );
    // Its size in transit: a text body grows by the escapes of JSON, any other by base64.
    if (Buffer.byteLength(JSON.stringify(event)) > maxPayloadBytes) return tooLong;
    const outcome = await within(route.timeoutMs, invoke(route.functionName, event));
    if (outcome === undefined) return unavailable;
    return outcome.kind === "returned" ? toAnswer(outcome.payload) : internalServerError;
  };
};

const answerPage = async (request: IncomingMessage, page: Behind["pages"][string] | undefined): Promise<Answer> => {
  const body = await readBody(request);
  if (!body) return tooLong;
  const contentType = request.headers["content-type"] ?? "";
  return toAnswer(page?.({ method: request.method ?? "GET", contentType, body }));
};

/** The body, or undefined when it is longer than allowed. Then the rest is read and dropped, so that the sender sees the answer. */
const readBody = async (request: IncomingMessage): Promise<Buffer | undefined> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size <= maxBodyBytes) chunks.push(chunk as Buffer);
    else chunks.length = 0;
  }
  return size <= maxBodyBytes ? Buffer.concat(chunks) : undefined;
};

const send = (response: ServerResponse, request: IncomingMessage, { status, headers, body }: Answer): void => {
  const bytes = typeof body === "string" ? Buffer.from(body) : body;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, typeof value === "string" ? value : [...value]);
  response.setHeader("content-length", bytes.length);
  // A request that was answered before it was read would leave its body in the connection.
  if (!request.complete) response.setHeader("connection", "close");
  response.writeHead(status).end(request.method === "HEAD" ? undefined : bytes);
};

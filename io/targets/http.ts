/**
 * One HTTP request to an application: to a checked address, without following redirects, bounded in time and bytes.
 * The address is checked where the connection is made, so that a name cannot resolve to another one in between.
 */
import { lookup as resolve } from "node:dns";
import { type ClientRequest, request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { excerptBytes, excerptOf } from "../../core/answer-excerpt.ts";
import { mayDeliverTo } from "../../core/delivery/address.ts";
import type { CannotBeSent, ForbiddenAddress, NoAnswer } from "../../core/lifecycle/cause.ts";

export interface HttpRequest {
  readonly url: URL;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly timeoutMs: number;
  readonly allowAddresses: readonly string[];
  /** How much of the answer is read at most. @default what a dead letter shows of it */
  readonly readBytes?: number;
  /** Ends it early. What has no answer by then has none. */
  readonly signal?: AbortSignal | undefined;
}

export type HttpOutcome =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly headers: IncomingMessage["headers"];
      /** Masked. */
      readonly excerpt: string;
      readonly body: Buffer;
      /** Whether the answer ended there, instead of being cut off. */
      readonly isWhole: boolean;
    }
  | { readonly kind: "unanswered"; readonly cause: NoAnswer }
  | Unsendable;

/** Nothing was sent, and nothing will be next time. */
type Unsendable = { readonly kind: "unsendable"; readonly cause: ForbiddenAddress | CannotBeSent };

class AddressIsForbidden extends Error {}

/** Never throws: every failure is an outcome, and is one within the time limit, whatever the other side does or leaves undone. */
export const sendHttp = (sent: HttpRequest): Promise<HttpOutcome> =>
  new Promise((done) => {
    const host = sent.url.hostname.replace(/^\[|\]$/g, "");
    if (isIP(host) !== 0 && !mayDeliverTo(host, sent.allowAddresses)) return done(forbiddenAddress(host));
    const start = sent.url.protocol === "http:" ? httpRequest : httpsRequest;
    const timeout = AbortSignal.timeout(Math.ceil(sent.timeoutMs));
    const over = sent.signal ? AbortSignal.any([timeout, sent.signal]) : timeout;
    const outgoing = beginning(() =>
      start(sent.url, {
        method: sent.method,
        headers: { ...sent.headers, ...(sent.method === "GET" ? {} : { "content-length": String(sent.body.length) }) },
        lookup: guardedLookup(sent.allowAddresses),
        signal: over,
      }),
    );
    if ("cause" in outgoing) return done(outgoing);
    const readBytes = sent.readBytes ?? excerptBytes;
    let answered: (() => void) | undefined;
    const unanswered = (reason: string) =>
      done({ kind: "unanswered", cause: { kind: "no answer", detail: `${reason} (${sent.url.host})` } });
    const end = (reason: string) => {
      // The status has arrived, and it alone decides, whatever happens to the rest.
      if (answered) return answered();
      unanswered(
        timeout.aborted ? `timed out after ${sent.timeoutMs / 1000} s` : sent.signal?.aborted ? "the function's time was over" : reason,
      );
    };
    outgoing.on("response", (response) => {
      const status = response.statusCode ?? 0;
      if (status < 200) {
        response.destroy();
        return unanswered(notAnAnswer(status));
      }
      const chunks: Buffer[] = [];
      let size = 0;
      const finish = (isWhole: boolean) => {
        const body = Buffer.concat(chunks).subarray(0, readBytes);
        done({ kind: "answered", status, headers: response.headers, excerpt: excerptOf(body), body, isWhole });
        response.destroy();
      };
      answered = () => finish(false);
      response.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size >= readBytes) finish(false);
      });
      response.on("end", () => finish(true));
      response.on("error", () => finish(false));
    });
    // Without a listener Node closes the connection, and neither an answer nor an error follows.
    outgoing.on("upgrade", (response, socket) => {
      socket.destroy();
      unanswered(notAnAnswer(response.statusCode ?? 0));
    });
    outgoing.on("error", (error: NodeJS.ErrnoException) =>
      error instanceof AddressIsForbidden ? done(forbiddenAddress(error.message)) : end(error.code ?? error.message),
    );
    // Not by Node's events alone: one that does not come would leave the delivery, and its contract, waiting.
    over.addEventListener("abort", () => end("ended"), { once: true });
    outgoing.on("close", () => answered ?? end("the connection was closed"));
    outgoing.end(sent.method === "GET" ? undefined : sent.body);
  });

/** 101 above all: we have not asked to speak anything else. */
const notAnAnswer = (status: number): string => `answered ${status}, which is not the answer to a request`;

/** What Node refuses to send (a header with a line feed in it, an invalid method) it will refuse again. */
const beginning = (start: () => ClientRequest): ClientRequest | Unsendable => {
  try {
    return start();
  } catch (error) {
    return { kind: "unsendable", cause: { kind: "cannot be sent", detail: error instanceof Error ? error.message : "unknown error" } };
  }
};

const forbiddenAddress = (address: string): Unsendable => ({ kind: "unsendable", cause: { kind: "forbidden address", address } });

const guardedLookup =
  (allowed: readonly string[]): LookupFunction =>
  (hostname, options, callback) =>
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) return callback(error, "", 0);
      const found = addresses.find(({ address }) => !mayDeliverTo(address, allowed));
      if (found) return callback(new AddressIsForbidden(found.address), "", 0);
      const [first] = addresses;
      if (options.all) return callback(null, addresses);
      callback(null, first?.address ?? "", first?.family ?? 4);
    });

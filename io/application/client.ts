/**
 * `import { createApplicationClient } from "holdfast/app"`: how an application in JavaScript says what it believes. It needs nothing but
 * `node:crypto` and `fetch`. Other languages post the same: docs/application.md has the recipe.
 */
import type { ApplicationEventType } from "../../core/application/event.ts";
import type { ApplicationData, ApplicationMessage } from "../../core/application/message.ts";
import { readSaid } from "../../core/application/read-message.ts";
import { digest, hmac, signingKey } from "../../core/signature.ts";
import { ApplicationClientError } from "./client-error.ts";
import { post, usual, type Waiting } from "./post.ts";

export type { ApplicationEventType, RevocationReason } from "../../core/application/event.ts";
export type * from "../../core/application/message.ts";
export type { Interval } from "../../core/event.ts";
export { ApplicationClientError } from "./client-error.ts";

export interface ApplicationClientOptions {
  /** The URL of a source whose gateway is `app`: `https://callbacks.example.com/callbacks/app`. */
  readonly url: string;
  /** The source's secret, `whsec_...`. While it is being rotated, any of those that are valid. */
  readonly secret: string;
  /** Until one attempt counts as failed. @default 5,000; the answer is there as soon as one write is durable */
  readonly timeoutMs?: number;
  /** How often it is tried, 1 to 10, some seconds altogether. @default 4 */
  readonly attempts?: number;
}

export interface SendOptions {
  /** When it happened, not when it is sent: a `Date`, or ISO 8601 with a zone. */
  readonly at: Date | string;
  /**
   * The event's own id, 1 to 200 printable characters without spaces. The same id is the same event, however often it is sent.
   * @default a hash of the type, the time and the data, so that sending the same again is no second event either
   */
  readonly id?: string;
  /** Ends the wait between attempts, and the attempt. */
  readonly signal?: AbortSignal;
}

export interface ApplicationClient {
  /**
   * Says it. When the promise is kept, it is stored and will be in the ledger within seconds; sending it again changes nothing.
   * @returns the id under which it is known
   * @throws ApplicationClientError: what is wrong with it, or why it did not arrive. What did not arrive has to be sent again later: keep it in a
   *   queue or an outbox table until this has returned.
   */
  send<Type extends ApplicationEventType>(type: Type, data: ApplicationData[Type], options: SendOptions): Promise<{ readonly id: string }>;
}

/** @throws ApplicationClientError when the options cannot work. */
export const createApplicationClient = (
  { url, secret, timeoutMs = 5_000, attempts = 4 }: ApplicationClientOptions,
  waiting: Waiting = usual,
): ApplicationClient => {
  checkOptions({ url, secret, timeoutMs, attempts });
  const key = signingKey(secret);

  return {
    async send(type, data, { at, id: given, signal }) {
      const message: ApplicationMessage = { type, timestamp: textOf(at), data };
      const body = JSON.stringify(message);
      const id = given ?? `${type}.${digest("sha256", [body], "base64url").slice(0, 32)}`;
      if (!/^[\x21-\x7e]{1,200}$/.test(id))
        throw new ApplicationClientError(
          "invalid",
          `The id ${JSON.stringify(id)} cannot be used: write 1 to 200 printable characters without spaces.`,
        );
      const read = readSaid(JSON.parse(body), { id, receivedAt: waiting.now() });
      if (read.kind === "problems") throw new ApplicationClientError("invalid", `${type} cannot be sent: ${read.problems.join("; ")}.`);
      const sign = () => {
        const timestamp = String(Math.floor(waiting.now() / 1000));
        const signature = `v1,${hmac("sha256", key, [`${id}.${timestamp}.`, body], "base64")}`;
        return { "content-type": "application/json", "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signature };
      };
      await post({ url, body, sign, timeoutMs, attempts, signal }, waiting);
      return { id };
    },
  };
};

const textOf = (at: Date | string): string => {
  if (typeof at === "string") return at;
  if (Number.isNaN(at.getTime()))
    throw new ApplicationClientError("invalid", "`at` is no moment: give a valid Date, or ISO 8601 with a zone.");
  return at.toISOString();
};

const checkOptions = ({ url, secret, timeoutMs, attempts }: Required<ApplicationClientOptions>): void => {
  const parsed = URL.canParse(url) ? new URL(url) : undefined;
  const isLocal = parsed !== undefined && ["localhost", "127.0.0.1", "[::1]"].includes(parsed.hostname);
  if (parsed?.protocol !== "https:" && !(parsed?.protocol === "http:" && isLocal))
    throw new ApplicationClientError(
      "invalid",
      `url: ${JSON.stringify(url)} is not the URL of a source; write https://.../callbacks/<source>. Plain http:// is for this machine only.`,
    );
  if (typeof secret !== "string" || secret.replace(/^whsec_/, "").trim() === "")
    throw new ApplicationClientError("invalid", "secret: it is empty; give the secret of the source whose gateway is `app`, whsec_...");
  if (!(timeoutMs >= 1 && timeoutMs <= 60_000))
    throw new ApplicationClientError("invalid", `timeoutMs: write 1 to 60,000 milliseconds, not ${timeoutMs}.`);
  if (!(Number.isInteger(attempts) && attempts >= 1 && attempts <= 10))
    throw new ApplicationClientError("invalid", `attempts: write a whole number from 1 to 10, not ${attempts}.`);
};

/**
 * Which hosts a rehearsal may send to. Its callbacks are genuine to anyone who has the secret: sent to someone else's endpoint they
 * would be invented payments, and an unwanted load test.
 */
import { isIP } from "node:net";
import { Failure } from "../../core/failure.ts";

/** This machine, by whatever name. A name that merely resolves to it is not enough: names change. */
const isLoopback = (host: string): boolean =>
  host === "localhost" || host.endsWith(".localhost") || host === "[::1]" || (isIP(host) === 4 && host.startsWith("127."));

/**
 * @param owned hosts the user confirms to own: `callbacks.example.com`, with a port where only that one is meant
 * @throws Failure for any host but this machine and those
 */
export const checkOwnHost = (url: URL, owned: readonly string[]): void => {
  if (url.protocol !== "http:" && url.protocol !== "https:") throw new Failure(`${url.href} is not an http or https URL.`);
  if (url.username !== "" || url.password !== "") throw new Failure("The URL carries a user name or a password: leave them out.");
  if (isLoopback(url.hostname)) return;
  if (owned.some((host) => host === url.host || host === url.hostname)) return;
  throw new Failure(
    `${url.host} is not this machine. The simulator sends invented payments, and only to your own endpoints: add --i-own ${url.host} if it is yours.`,
  );
};

/** The calls that receive makes without the SDK, through the same hands as those that the SDK makes. */
import type { Millis } from "../../../core/callback.ts";
import { type Access, directAccess } from "../../../io/direct/access.ts";
import { createConnections } from "../../../io/direct/connections.ts";
import { createSignedCall, type SignedCall } from "../../../io/direct/signed-call.ts";
import { scopes } from "./inject.ts";
import { bytesOf, response, type WireRequest } from "./wire.ts";

/** No time limit of their own matters here: time is the simulator's. */
const timeoutMs = 60_000;

export const directCall = (service: Access["service"], clock: () => Millis): SignedCall => {
  const access = directAccess(service, process.env);
  if (!access) throw new Error(`the simulation's environment does not say where ${service} is`);
  const connections = createConnections(access);
  const send = async ({ headers, body }: WireRequest) => {
    const answer = await connections.send({ headers, body: bytesOf(body).toString("utf8") }, { timeoutMs });
    return response(answer.status, answer.body.toString("utf8"));
  };
  return createSignedCall(
    access,
    {
      async send({ headers, body }, { signal }) {
        const scope = scopes.getStore();
        if (!scope) throw new Error("receive calls outside an invocation");
        const texts = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
        const request = { method: "POST", hostname: access.hostname, path: "/", headers: texts, body };
        const answer = await scope.carry(request, send, signal);
        return { status: answer.statusCode, headers: answer.headers, body: await bytes(answer.body) };
      },
    },
    clock,
  );
};

const bytes = async (body: AsyncIterable<Uint8Array>): Promise<Buffer> => Buffer.concat(await Array.fromAsync(body));

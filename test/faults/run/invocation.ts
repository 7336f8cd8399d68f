/** One invocation of a function: carries its calls out as the plan says, and writes down what they did. */
import type { Millis } from "../../../core/callback.ts";
import type { HttpOutcome } from "../../../io/targets/http.ts";
import { partly, textOf, throttled, writeConflict } from "../aws/answers.ts";
import { type Call, describeCall, isRead } from "../aws/call.ts";
import { answering, type Scope } from "../aws/inject.ts";
import { handedBy } from "../aws/target-services.ts";
import { abortError, bytesOf, socketError, timeoutError, type WireRequest, type WireResponse } from "../aws/wire.ts";
import type { Application } from "./application.ts";
import { effectsOf, sha256 } from "./effects.ts";
import type { CallKind, DeliveryKind, Kind, Point } from "./kinds.ts";
import type { FunctionName, Notebook } from "./trace.ts";
import type { Turns } from "./turns.ts";

type Send = (request: WireRequest) => Promise<WireResponse>;

/** What all invocations of a run share. */
export interface Circumstances {
  readonly clock: () => Millis;
  readonly notebook: Notebook;
  readonly turns: Turns;
  readonly application: Application;
  /** What goes wrong at a point, if anything. */
  readonly plan: (point: Point) => Kind | undefined;
  /** Whether the service is not there at the moment, whatever the plan says. */
  readonly isOut: (call: Call) => boolean;
  /** Whether the process dies whenever it delivers that record, whatever the plan says. */
  readonly isDeadly: (record: string) => boolean;
  /** A number for each thing of that name, from 1. */
  readonly ordinal: (name: string) => number;
  /** Where a call goes that nothing keeps from being sent. */
  readonly route: (call: Call, request: WireRequest, send: Send) => Promise<WireResponse>;
  /** Whether anything was ever written to a shard of an index. */
  readonly isWritten: (shard: string) => boolean;
}

export interface Invocation extends Scope {
  readonly number: number;
  readonly of: FunctionName;
  /** Settles when the process has died, and never otherwise. */
  readonly death: Promise<void>;
  deliver(record: string, send: () => Promise<HttpOutcome>): Promise<HttpOutcome>;
}

/** What nobody will ever answer. A new one each time: a shared one would keep alive everybody who waits for it. */
const never = (): Promise<never> => new Promise(() => {});

type Outcome<Value> =
  | { readonly kind: "answer"; readonly answer: Value }
  | { readonly kind: "error"; readonly error: Error }
  | { readonly kind: "death" };

export const startInvocation = (of: FunctionName, number: number, skewMs: number, run: Circumstances): Invocation => {
  const timeouts: AbortController[] = [];
  const down = new Set<string>();
  let isDead = false;
  const { promise: death, resolve: die } = Promise.withResolvers<void>();

  const finish = <Value>(outcome: Outcome<Value>): Promise<Value> => {
    switch (outcome.kind) {
      case "answer":
        return Promise.resolve(outcome.answer);
      case "error":
        return Promise.reject(outcome.error);
      case "death":
        isDead = true;
        run.turns.forget(number);
        die();
        return never();
      default:
        return outcome satisfies never;
    }
  };
  const plan = (point: Point): Kind | undefined => {
    const what = run.plan(point);
    if (what !== undefined) run.notebook.note({ kind: "fault", invocation: number, place: point.id, what });
    return what;
  };

  /** Records whose bus is looked at, and which nothing was put on it of yet. */
  const looking = new Set<string>();
  /** An attempt at a bus begins where the bus is looked at, as one over HTTP begins with its connection. */
  const attemptedBy = (call: Call): string | undefined => {
    const record = handedBy(call)?.record;
    if (record !== undefined) return looking.delete(record) ? undefined : record;
    const lookingFor = call.operation === "DescribeEventBus" ? answering.getStore() : undefined;
    if (lookingFor !== undefined) looking.add(lookingFor);
    return lookingFor;
  };
  return {
    number,
    of,
    skewMs,
    death,
    isWritten: run.isWritten,

    timeout() {
      const controller = new AbortController();
      timeouts.push(controller);
      return controller.signal;
    },

    async carry(request, send, signal) {
      if (isDead) return never();
      const call = describeCall(request);
      const name = `${call.service} ${call.operation} ${call.subject}`;
      const turn = { owner: number, label: `${name} ${call.about}`, isRead: isRead(call) };
      const outcome = await run.turns.take(turn, async (): Promise<Outcome<WireResponse>> => {
        const id = `${of}: ${name}${call.shard === undefined ? "" : ` [shard ${call.shard}]`} #${run.ordinal(`${of} ${name} ${call.shard}`)}`;
        run.notebook.note({ kind: "called", invocation: number, id, name, body: sha256(bytesOf(request.body)) });
        const attempted = attemptedBy(call);
        if (attempted) run.notebook.note({ kind: "attempted", invocation: number, record: attempted });
        const isOut = run.isOut(call);
        if (isOut) run.notebook.note({ kind: "unavailable", invocation: number, service: call.service });
        const isDown = down.has(call.service) || down.has("everything") || isOut;
        const kind = isDown ? "refused" : plan({ type: "call", id, call, hasBudget: signal !== undefined });
        return carryOut(kind as CallKind | undefined, call, request, send, signal);
      });
      if (!isDead) return finish(outcome);
      if (outcome.kind === "answer") outcome.answer.body.resume();
      return never();
    },

    async deliver(record, send) {
      if (isDead) return never();
      const outcome = await run.turns.take(
        { owner: number, label: `HTTP POST ${record}`, isRead: false },
        async (): Promise<Outcome<HttpOutcome>> => {
          const id = `${of}: HTTP POST #${run.ordinal("HTTP POST")}`;
          run.notebook.note({ kind: "attempted", invocation: number, record });
          if (run.isDeadly(record)) return { kind: "death" };
          return deliverAs(plan({ type: "delivery", id }) as DeliveryKind | undefined, send);
        },
      );
      return isDead ? never() : finish(outcome);
    },
  };

  /** An answer that nobody reads keeps its connection busy; it is read to its end here. */
  async function unheard(answer: Promise<WireResponse>): Promise<void> {
    await textOf(await answer);
  }

  async function carryOut(
    kind: CallKind | undefined,
    call: Call,
    request: WireRequest,
    send: Send,
    signal: AbortSignal | undefined,
  ): Promise<Outcome<WireResponse>> {
    const effect = async (): Promise<WireResponse> => {
      const answer = await run.route(call, request, send);
      const token = call.input.ClientRequestToken;
      const isRepetition = token !== undefined && run.ordinal(token) > 1;
      if (answer.statusCode < 300 && !isRepetition)
        for (const happening of effectsOf(call, request, { invocation: number, of })) run.notebook.note(happening);
      return answer;
    };
    switch (kind) {
      case undefined:
        return { kind: "answer", answer: await effect() };
      case "service down":
      case "everything down":
        down.add(kind === "service down" ? call.service : "everything");
        return { kind: "error", error: socketError("ECONNREFUSED") };
      case "refused":
        return { kind: "error", error: socketError("ECONNREFUSED") };
      case "throttled":
        return { kind: "answer", answer: throttled(call) };
      case "write conflict":
        return { kind: "answer", answer: writeConflict(call) };
      case "partly failed":
        return { kind: "answer", answer: await partly(call, request, (some) => run.route(describeCall(some), some, send)) };
      case "answer lost":
        await unheard(effect());
        return { kind: "error", error: socketError("ECONNRESET") };
      case "timed out":
        await unheard(effect());
        return { kind: "error", error: timeoutError() };
      case "over budget":
        await unheard(effect());
        for (const controller of timeouts) if (controller.signal === signal) controller.abort(new DOMException("too slow", "TimeoutError"));
        return { kind: "error", error: abortError() };
      case "died before":
        return { kind: "death" };
      case "died after":
        await unheard(effect());
        return { kind: "death" };
      default:
        return kind satisfies never;
    }
  }

  async function deliverAs(kind: DeliveryKind | undefined, send: () => Promise<HttpOutcome>): Promise<Outcome<HttpOutcome>> {
    const { promise: processed, resolve } = Promise.withResolvers<void>();
    run.application.expect({ invocation: number, kind, processed: resolve });
    switch (kind) {
      case "died before":
        return { kind: "death" };
      case "died after":
        await send();
        return { kind: "death" };
      case "refused":
        await run.application.away();
        try {
          return { kind: "answer", answer: await send() };
        } finally {
          await run.application.back();
        }
      case "timed out": {
        const sending = send();
        await processed;
        for (const controller of timeouts) controller.abort(new DOMException("too slow", "TimeoutError"));
        return { kind: "answer", answer: await sending };
      }
      default:
        return { kind: "answer", answer: await send() };
    }
  }
};

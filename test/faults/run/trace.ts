/** What happened in a run, in the order it happened. Only ever added to; the invariants read nothing else but the final stores. */
import type { Millis } from "../../../core/callback.ts";
import type { Hold } from "../../../core/lifecycle/holds/hold.ts";
import type { Progress } from "../../../core/lifecycle/progress.ts";
import type { Accident } from "./accidents.ts";
import type { Kind } from "./kinds.ts";

export type FunctionName = "receive" | "listen" | "relay" | "consume" | "sweep" | "release" | "recover" | "operator";

/** The gateway's view of one request. `none`: the connection broke before an answer came. */
export type Word = "yes" | "no" | "none";

export type Happening =
  /** The gateway has sent a callback. */
  | { readonly kind: "sent"; readonly callback: string; readonly invocation: number }
  | { readonly kind: "answered"; readonly callback: string; readonly invocation: number; readonly word: Word }
  /** `skewMs`: how far its clock is off. */
  | { readonly kind: "began"; readonly invocation: number; readonly of: FunctionName; readonly skewMs: number }
  | {
      readonly kind: "ended";
      readonly invocation: number;
      readonly of: FunctionName;
      readonly how: "done" | "failed" | "died";
      readonly why?: string;
    }
  /** A call was made: `body` tells a repetition by the SDK from another call of the same name. */
  | { readonly kind: "called"; readonly invocation: number; readonly id: string; readonly name: string; readonly body: string }
  | { readonly kind: "fault"; readonly invocation: number; readonly place: string; readonly what: Kind }
  /** Bytes lie in a durable place from now on. `sha256`: of the bytes themselves; or `object`: they lie in that object of the bucket. */
  | { readonly kind: "kept"; readonly place: string; readonly sha256?: string; readonly object?: string }
  /** They lie there no longer. */
  | { readonly kind: "gone"; readonly place: string }
  | { readonly kind: "progress"; readonly invocation: number; readonly of: FunctionName; readonly progress: Progress }
  /** The hold of a target was changed. */
  | { readonly kind: "hold"; readonly hold: Hold }
  /** A person has put a hold on a contract. */
  | { readonly kind: "contract held"; readonly contract: string }
  /** An event was told to a contract's ledger. */
  | { readonly kind: "told"; readonly contract: string; readonly event: string; readonly record: string }
  /** The line of a contract was looked at, on behalf of the record that was being answered. */
  | { readonly kind: "line read"; readonly invocation: number; readonly contract: string; readonly record: string | undefined }
  /** `swallowed`: the queue has seen that id within five minutes, and takes no second message. */
  | {
      readonly kind: "rung";
      readonly invocation: number;
      readonly by: FunctionName;
      readonly record: string;
      readonly epoch: number;
      readonly group: string;
      readonly swallowed: boolean;
    }
  | { readonly kind: "dead letter"; readonly record: string }
  /** What is stored of a record was destroyed by hand. */
  | { readonly kind: "accident"; readonly record: string; readonly what: Accident }
  /** A call met a service that does not answer for as long as the story says so. */
  | { readonly kind: "unavailable"; readonly invocation: number; readonly service: string }
  /** The queue hands a message out, to an invocation that begins now or later. */
  | { readonly kind: "taken"; readonly record: string }
  /** A message was handed to consume. `isShort`: which has not all of its time. */
  | {
      readonly kind: "doorbell";
      readonly invocation: number;
      readonly record: string;
      readonly epoch: number;
      readonly isShort: boolean;
    }
  /** Consume asked the queue, and whatever was in it was hidden. */
  | { readonly kind: "nothing to hand out" }
  | { readonly kind: "relayed"; readonly record: string }
  /** What should have told of a record has vanished; the sweep alone can still find it. */
  | { readonly kind: "lost"; readonly record: string }
  /** A delivery was begun, whether or not it reaches anybody. */
  | { readonly kind: "attempted"; readonly invocation: number; readonly record: string }
  /** The application was reached. `processed`: it has done what the callback asks for, whatever became of its answer. */
  | {
      readonly kind: "delivered";
      readonly invocation: number;
      readonly record: string;
      readonly idempotencyKey: string;
      /** One event of the record, in a message of ours. */
      readonly isSigned: boolean;
      readonly sha256: string;
      readonly status: number;
      readonly processed: boolean;
    }
  | { readonly kind: "counted"; readonly metric: string; readonly by: FunctionName; readonly value: number }
  /** An erasure has come to its end. */
  | { readonly kind: "erased"; readonly person: string }
  /** A person's deed. */
  | { readonly kind: "deed"; readonly what: "replay" | "discard" | "decide"; readonly record: string };

export type Entry = Happening & { readonly at: Millis };

export type Trace = readonly Entry[];

/** Where a run is written down. */
export interface Notebook {
  readonly entries: Trace;
  note(happening: Happening): void;
}

export const createNotebook = (clock: () => Millis): Notebook => {
  const entries: Entry[] = [];
  return { entries, note: (happening) => void entries.push(Object.assign({ at: clock() }, happening)) };
};

/** The entries of one kind, typed. */
export const all = <Kind extends Entry["kind"]>(trace: Trace, kind: Kind): ReadonlyArray<Extract<Entry, { kind: Kind }>> =>
  trace.filter((entry): entry is Extract<Entry, { kind: Kind }> => entry.kind === kind);

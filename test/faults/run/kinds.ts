/** What can go wrong at one point of the path, in words, and where each of it can happen. */
import type { Call } from "../aws/call.ts";

/** Of a call to AWS. */
export const callKinds = [
  "refused",
  "throttled",
  "answer lost",
  "timed out",
  "over budget",
  "service down",
  "everything down",
  "write conflict",
  "partly failed",
  "died before",
  "died after",
] as const;
export type CallKind = (typeof callKinds)[number];

/** Of a delivery to the application. */
export const deliveryKinds = ["refused", "answer lost", "503", "429", "422", "timed out", "died before", "died after"] as const;
export type DeliveryKind = (typeof deliveryKinds)[number];

/** Of what AWS hands from one function to the next, and of the clocks they run by. */
export const handOffKinds = ["lost", "twice", "twice, later", "an hour ahead", "an hour behind"] as const;
export type HandOffKind = (typeof handOffKinds)[number];

export type Kind = CallKind | DeliveryKind | HandOffKind;

export const meanings: Readonly<Record<Kind, string>> = {
  refused: "the connection is refused; nothing was sent",
  throttled: "the service answers that it is throttling",
  "answer lost": "sent and done; the connection is reset before the answer is here",
  "timed out": "sent and done; the answer does not come within the request's time limit",
  "over budget": "sent and done; the answer does not come within what receive allows for this store",
  "service down": "this call and all later ones of the invocation to the same service are refused",
  "everything down": "this call and all later ones of the invocation to every service are refused",
  "write conflict": "DynamoDB cancels the write because of another transaction",
  "partly failed": "of a batch, the first entry is not done",
  "died before": "the process dies before the call is sent",
  "died after": "the process dies after the call has had its effect",
  "503": "the application answers 503",
  "429": "the application answers 429 and asks for two minutes",
  "422": "the application rejects permanently; an operator fixes it and replays",
  lost: "it never arrives: a stream record that expires, a message that vanishes",
  twice: "it is handed over a second time at once",
  "twice, later": "it is handed over a second time after ten minutes",
  "an hour ahead": "the clock of this one invocation is an hour ahead",
  "an hour behind": "the clock of this one invocation is an hour behind",
};

/** A place in a run where something can go wrong. */
export type Point =
  | { readonly type: "call"; readonly id: string; readonly call: Call; readonly hasBudget: boolean }
  | { readonly type: "delivery"; readonly id: string }
  | { readonly type: "stream record" | "doorbell" | "callback" | "clock"; readonly id: string };

const writes = new Set(["PutItem", "DeleteItem", "TransactWriteItems"]);

const appliesToCall = (kind: CallKind, call: Call, hasBudget: boolean): boolean => {
  switch (kind) {
    case "over budget":
      return hasBudget;
    case "write conflict":
      // The records table sees no transactions.
      return (
        call.service === "DynamoDB" && writes.has(call.operation) && !["record", "conflict", "quarantine", "room"].includes(call.subject)
      );
    case "partly failed":
      return ["SendMessageBatch", "BatchGetItem", "PutEvents"].includes(call.operation);
    default:
      return true;
  }
};

/** All that can go wrong there. */
export const kindsAt = (point: Point): readonly Kind[] => {
  switch (point.type) {
    case "call":
      return callKinds.filter((kind) => appliesToCall(kind, point.call, point.hasBudget));
    case "delivery":
      return deliveryKinds;
    case "stream record":
    case "doorbell":
      return ["lost", "twice", "twice, later"];
    case "callback":
      return ["twice", "twice, later"];
    case "clock":
      return ["an hour ahead", "an hour behind"];
    default:
      return point satisfies never;
  }
};

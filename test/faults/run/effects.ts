/** What a call has made durable, read from the request that was carried out: what the trace knows, it knows from here. */
import { createHash } from "node:crypto";
import type { Hold } from "../../../core/lifecycle/holds/hold.ts";
import type { Progress } from "../../../core/lifecycle/progress.ts";
import { unpackBody } from "../../../io/records/body-encoding.ts";
import type { Call, Wired } from "../aws/call.ts";
import { answering } from "../aws/inject.ts";
import { type Handed, handedBy } from "../aws/target-services.ts";
import { bytesOf, type WireRequest } from "../aws/wire.ts";
import type { FunctionName, Happening } from "./trace.ts";

export const sha256 = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex");

export const effectsOf = (
  call: Call,
  request: WireRequest,
  by: { readonly invocation: number; readonly of: FunctionName },
): readonly Happening[] => {
  const handed = handedBy(call);
  if (handed) return [delivered(handed, by.invocation)];
  if (call.service === "S3") return bucketEffects(call, request);
  if (call.service !== "DynamoDB") return [];
  switch (call.operation) {
    case "PutItem":
      return itemEffects(call.input.Item ?? {}, by);
    case "TransactWriteItems":
      return (call.input.TransactItems ?? []).flatMap(({ Put }) => (Put?.Item ? itemEffects(Put.Item, by) : []));
    case "Query":
      return call.subject === "line"
        ? [{ kind: "line read", invocation: by.invocation, contract: contractOf(call.about), record: answering.getStore() }]
        : [];
    default:
      return [];
  }
};

const delivered = ({ record, id, lasting }: Handed, invocation: number): Happening => ({
  kind: "delivered",
  invocation,
  record,
  idempotencyKey: id,
  isSigned: true,
  sha256: sha256(Buffer.from(lasting)),
  status: 200,
  processed: true,
});

const itemEffects = (item: Wired, by: { readonly invocation: number; readonly of: FunctionName }): readonly Happening[] => {
  const [pk, sk] = [item.pk?.S ?? "", item.sk?.S ?? ""];
  if (item.hold?.S !== undefined) return [{ kind: "hold", hold: JSON.parse(item.hold.S) as Hold }];
  if (sk === "line#!hold") return [{ kind: "contract held", contract: contractOf(pk) }];
  if (sk === "progress") return [{ kind: "progress", ...by, progress: JSON.parse(item.progress?.S ?? "{}") as Progress }];
  if (sk.startsWith("event#"))
    return [{ kind: "told", contract: contractOf(pk), event: sk.slice("event#".length), record: item.record?.S ?? "" }];
  if (item.sha256 === undefined) return [];
  return [{ kind: "kept", place: `table ${pk} ${sk}`, ...bytesIn(item) }];
};

/** `contract sandbox/c1` */
const contractOf = (pk: string): string => pk.slice(pk.indexOf("/") + 1);

/** The bytes' own hash, never the one that the item claims. */
export const bytesIn = (item: Wired): { readonly sha256: string } | { readonly object: string } => {
  if (item.object?.S !== undefined) return { object: item.object.S };
  const bytes = Buffer.from(item.body?.B ?? "", "base64");
  return { sha256: sha256(unpackBody(item.encoding?.S ?? "plain", bytes)) };
};

/** A spilled item travels as base64 of JSON. */
export const bytesInSpilled = (text: string): { readonly sha256: string } | { readonly object: string } =>
  bytesIn(JSON.parse(Buffer.from(text, "base64").toString("utf8")));

const bucketEffects = (call: Call, request: WireRequest): readonly Happening[] => {
  const object = call.about.split("/").slice(2).join("/");
  if (call.operation === "DeleteObject") return [{ kind: "gone", place: `bucket ${object}` }];
  if (call.operation !== "PutObject") return [];
  const bytes = bytesOf(request.body);
  const inside = call.subject === "spill" ? bytesInSpilled(bytes.toString("utf8")) : { sha256: sha256(bytes) };
  return [{ kind: "kept", place: `bucket ${object}`, ...inside }];
};

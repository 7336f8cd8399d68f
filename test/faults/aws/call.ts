/** A request of the SDK in words: which service, which operation, on what of ours. */
import type { AttributeValue } from "@aws-sdk/client-dynamodb";
import { bytesOf, type WireRequest } from "./wire.ts";

export type Service = "DynamoDB" | "SQS" | "S3" | "Secrets Manager" | "Lambda" | "EventBridge";

export interface Call {
  readonly service: Service;
  readonly operation: string;
  /** The kind of thing it is about: `record`, `progress`, `line`, `doorbells` ... */
  readonly subject: string;
  /** One of several that are read side by side, where the index is spread over shards. */
  readonly shard?: string;
  /** Which one it is about, where it is about one: tells two calls of the same name apart while they wait for their turn. */
  readonly about: string;
  /** Parsed, for services that speak JSON. */
  readonly input: Json;
}

export type Wired = Readonly<Record<string, AttributeValue & { readonly S?: string; readonly N?: string; readonly B?: string }>>;

/** The JSON of a request, as far as it is read here. */
export interface Json {
  readonly TableName?: string;
  readonly IndexName?: string;
  readonly Item?: Wired;
  readonly Key?: Wired;
  readonly RequestItems?: Readonly<Record<string, { readonly Keys: readonly Wired[] }>>;
  readonly ExpressionAttributeValues?: Wired;
  /** DynamoDB carries a transaction out once for each token, however often it is sent. */
  readonly ClientRequestToken?: string;
  readonly TransactItems?: ReadonlyArray<
    Readonly<Record<string, { readonly TableName: string; readonly Item?: Wired; readonly Key?: Wired }>>
  >;
  readonly QueueUrl?: string;
  readonly MessageBody?: string;
  readonly MessageGroupId?: string;
  readonly MessageDeduplicationId?: string;
  readonly Entries?: ReadonlyArray<{
    readonly Id: string;
    readonly MessageBody: string;
    readonly MessageGroupId?: string;
    readonly MessageDeduplicationId?: string;
  }>;
  readonly ReceiptHandle?: string;
  readonly VisibilityTimeout?: number;
  readonly MaxNumberOfMessages?: number;
  readonly SecretId?: string;
}

const targets: ReadonlyArray<readonly [prefix: string, service: Service]> = [
  ["DynamoDB_", "DynamoDB"],
  ["AmazonSQS.", "SQS"],
  ["secretsmanager.", "Secrets Manager"],
  ["AWSEvents.", "EventBridge"],
];

export const describeCall = (request: WireRequest): Call => {
  const target = Object.entries(request.headers).find(([name]) => name.toLowerCase() === "x-amz-target")?.[1];
  if (target === undefined) return request.path.includes("/functions/") ? functionCall(request) : s3Call(request);
  const service = targets.find(([prefix]) => target.startsWith(prefix))?.[1];
  if (!service) throw new Error(`a call to a service the simulator does not know: ${target}`);
  const operation = target.slice(target.lastIndexOf(".") + 1);
  const input: Json = JSON.parse(bytesOf(request.body).toString("utf8"));
  if (service === "EventBridge") return { service, operation, input, subject: orders, about: "" };
  if (service === "SQS") return { service, operation, input, ...queueSubject(input) };
  if (service === "Secrets Manager") return { service, operation, input, subject: "secret", about: input.SecretId ?? "" };
  return { service, operation, input, ...tableSubject(operation, input) };
};

export const isRead = ({ operation }: Call): boolean => /^(Get|Query|BatchGet|List)/.test(operation);

/** What targets in AWS are called here. */
export const orders = "orders";

const queueSubject = (input: Json) => ({
  subject: /-(doorbells|dead-letters|spill)(\.fifo)?$/.exec(input.QueueUrl ?? "")?.[1] ?? orders,
  about: input.MessageDeduplicationId ?? input.Entries?.[0]?.MessageDeduplicationId ?? input.ReceiptHandle ?? "",
});

const tableSubject = (operation: string, input: Json): Pick<Call, "subject" | "about" | "shard"> => {
  const values = input.ExpressionAttributeValues ?? {};
  if (input.IndexName !== undefined) {
    const partition = values[":open"]?.S ?? values[":day"]?.S ?? "";
    const [what = "", shard = ""] = partition.split("#");
    return { subject: input.IndexName === "open" ? `open ${what}` : "timeline", shard, about: partition };
  }
  if (operation === "Query" && values[":pk"]?.S?.startsWith("conflict ")) return { subject: "open conflicts", about: values[":pk"].S };
  if (operation === "Query" && values[":conflict"]) return { subject: "conflicts", about: values[":pk"]?.S ?? "" };
  if (operation === "Query")
    return { subject: values[":line"] ? "line" : values[":first"] ? "payment" : "items", about: values[":pk"]?.S ?? "" };
  if (operation === "BatchGetItem") {
    const [first] = Object.values(input.RequestItems ?? {})[0]?.Keys ?? [];
    return { subject: itemSubject(first ?? {}), about: JSON.stringify(input.RequestItems) };
  }
  if (operation === "TransactWriteItems") {
    const items = (input.TransactItems ?? []).map((item) => {
      const [verb = "", { Item, Key } = { Item: {}, Key: {} }] = Object.entries(item)[0] ?? [];
      return `${verb === "Put" ? "" : `${verb.replace(/(?<=.)C/, " c").toLowerCase()} `}${itemSubject(Item ?? Key ?? {})}`;
    });
    return { subject: [...new Set(items)].join(" + "), about: JSON.stringify(input.TransactItems).slice(0, 500) };
  }
  const key = input.Item ?? input.Key ?? {};
  return { subject: itemSubject(key), about: `${key.pk?.S} ${key.sk?.S}` };
};

const itemSubject = (key: Wired): string => {
  const [pk, sk] = [key.pk?.S ?? "", key.sk?.S ?? ""];
  if (pk.startsWith("contract ")) return sk.startsWith("line#") ? "line" : sk === "joined" ? "payment's link" : "ledger entry";
  if (pk.startsWith("record ")) return "progress";
  if (pk.startsWith("audit ")) return "audit trail";
  if (pk.startsWith("hold ")) return "hold";
  if (pk === "sweep run") return "run of the sweep";
  if (pk.startsWith("sweep ")) return "checkpoint";
  if (pk.startsWith("room ")) return "room";
  if (pk.startsWith("conflict ")) return "open conflict";
  if (sk.startsWith("conflict#")) return "conflict";
  return pk.includes("/quarantine:") ? "quarantine" : "record";
};

const functionCall = ({ body }: WireRequest): Call => ({
  service: "Lambda",
  operation: "Invoke",
  subject: orders,
  about: "",
  input: JSON.parse(bytesOf(body).toString("utf8")),
});

/** Path style: `/bucket/prefix/name`. */
const s3Call = (request: WireRequest): Call => {
  const [, , prefix = ""] = request.path.split("/");
  const listed = request.query?.["list-type"] !== undefined;
  const operation = listed ? "ListObjectsV2" : `${{ PUT: "Put", GET: "Get", DELETE: "Delete" }[request.method] ?? request.method}Object`;
  const subject = listed ? String(request.query?.prefix ?? "").replace(/\/$/, "") : prefix;
  return { service: "S3", operation, subject, about: request.path, input: {} };
};

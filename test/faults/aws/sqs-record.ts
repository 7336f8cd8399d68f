/** A message of the queue model as the queue's event source mapping hands it to consume. */
import type { SQSRecord } from "aws-lambda";
import type { Message } from "./queue-model.ts";

type Handed = Pick<Message, "id" | "handle" | "body" | "group" | "receives">;

export const toSqsRecord = ({ id, handle, body, group, receives }: Handed): SQSRecord => ({
  messageId: id,
  receiptHandle: handle ?? "",
  body,
  attributes: {
    ApproximateReceiveCount: String(receives),
    SentTimestamp: "0",
    SenderId: "",
    ApproximateFirstReceiveTimestamp: "0",
    ...(group !== undefined && { MessageGroupId: group }),
  },
  messageAttributes: {},
  md5OfBody: "",
  eventSource: "aws:sqs",
  eventSourceARN: "",
  awsRegion: "us-east-1",
});

/** The consumer behind both queues: hands each message to the application; those it does not take come again when their visibility times out. */
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";

const deliver = async ({ body }: SQSRecord): Promise<boolean> => {
  try {
    const headers = { "content-type": "application/json" };
    const response = await fetch(process.env.APPLICATION_URL ?? "", { method: "POST", body, headers, signal: AbortSignal.timeout(10_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
};

export const handler = async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
  const taken = await Promise.all(Records.map(deliver));
  return { batchItemFailures: Records.filter((_, at) => !taken[at]).map(({ messageId }) => ({ itemIdentifier: messageId })) };
};

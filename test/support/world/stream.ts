/** A table's stream as Lambda hands it over: new records only, bytes in base64. */
import { DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DescribeStreamCommand, DynamoDBStreamsClient, GetRecordsCommand, GetShardIteratorCommand } from "@aws-sdk/client-dynamodb-streams";
import type { DynamoDBStreamEvent } from "aws-lambda";

const clients = new Map<string, { readonly tables: DynamoDBClient; readonly streams: DynamoDBStreamsClient }>();

/** One pair of clients for each engine: a pair for each test would leave its connections behind. */
const clientsAt = (endpoint: string) => {
  const known = clients.get(endpoint) ?? { tables: new DynamoDBClient({ endpoint }), streams: new DynamoDBStreamsClient({ endpoint }) };
  clients.set(endpoint, known);
  return known;
};

/** Each call gives what was put into the table since the one before. */
export const openStream = async (endpoint: string, table: string): Promise<() => Promise<DynamoDBStreamEvent>> => {
  const { tables, streams } = clientsAt(endpoint);
  const { Table } = await tables.send(new DescribeTableCommand({ TableName: table }));
  const StreamArn = Table?.LatestStreamArn ?? "";
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
  const ShardId = StreamDescription?.Shards?.[0]?.ShardId ?? "";
  let { ShardIterator } = await streams.send(new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: "TRIM_HORIZON" }));
  return async () => {
    const { Records = [], NextShardIterator } = await streams.send(new GetRecordsCommand({ ShardIterator: ShardIterator ?? "" }));
    ShardIterator = NextShardIterator;
    const wanted = Records.filter(
      ({ eventName, dynamodb }) =>
        eventName === "INSERT" && dynamodb?.Keys?.sk?.S === "record" && dynamodb.NewImage?.verification?.S === "verified",
    );
    return JSON.parse(
      JSON.stringify({ Records: wanted }, (_, value) =>
        value?.B ? { B: Buffer.from(Object.values<number>(value.B)).toString("base64") } : value,
      ),
    );
  };
};

/** Creates the template's tables in the DynamoDB engine: keys, indexes, stream. Existing data stays. */
import {
  CreateTableCommand,
  type CreateTableCommandInput,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
  type TableDescription,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import { Failure } from "../../core/failure.ts";
import { listAt, textAt } from "../../core/formats/json.ts";
import { until } from "../wait.ts";

/** A table's properties in the template, resolved. */
export type TableProperties = Readonly<Record<string, unknown>>;

export const makeTable = async (client: DynamoDBClient, name: string, properties: TableProperties): Promise<TableDescription> => {
  const wanted = tableInput(name, properties);
  const found = await describe(client, name);
  if (!found) await client.send(new CreateTableCommand(wanted));
  let table: TableDescription | undefined = found;
  await until(async () => {
    table = await describe(client, name);
    return table?.TableStatus === "ACTIVE";
  }, 30_000);
  if (table?.TableStatus !== "ACTIVE") throw new Failure(`The table ${name} does not become active.`);
  if (shapeOf(table) !== shapeOf(wanted))
    throw new Failure(
      `The table ${name} was made by another version, with other keys, indexes or stream. Delete .holdfast (and with it the local data) to start over.`,
    );
  await endOwnExpiry(client, name);
  return table;
};

/** A table whose items have an end, which `local/triggers/expiry.ts` brings about. */
export interface ExpiringTable {
  readonly name: string;
  /** Holds the end, in seconds since 1970. */
  readonly attribute: string;
  readonly keys: readonly string[];
}

export const expiringTable = (name: string, properties: TableProperties): ExpiringTable | undefined => {
  const attribute = textAt(properties, "TimeToLiveSpecification", "AttributeName");
  const keys = listAt(properties, "KeySchema").map((key) => textAt(key, "AttributeName") ?? "");
  return attribute === undefined ? undefined : { name, attribute, keys };
};

const tableInput = (name: string, properties: TableProperties) => {
  const viewType = textAt(properties, "StreamSpecification", "StreamViewType");
  const indexes = listAt(properties, "GlobalSecondaryIndexes");
  return {
    TableName: name,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: properties.AttributeDefinitions as NonNullable<CreateTableCommandInput["AttributeDefinitions"]>,
    KeySchema: properties.KeySchema as NonNullable<CreateTableCommandInput["KeySchema"]>,
    ...(indexes.length > 0 && {
      GlobalSecondaryIndexes: indexes.map((index) => ({
        IndexName: textAt(index, "IndexName"),
        KeySchema: listAt(index, "KeySchema"),
        Projection: (index as { Projection?: unknown }).Projection,
      })) as NonNullable<CreateTableCommandInput["GlobalSecondaryIndexes"]>,
    }),
    ...(viewType && { StreamSpecification: { StreamEnabled: true, StreamViewType: viewType } }),
  } as CreateTableCommandInput;
};

const describe = async (client: DynamoDBClient, name: string): Promise<TableDescription | undefined> => {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
};

/** What cannot be changed without making the table again, as text to compare. */
const shapeOf = (table: TableDescription | CreateTableCommandInput): string => {
  const keys = (schema: TableDescription["KeySchema"]) => schema?.map(({ AttributeName, KeyType }) => `${AttributeName} ${KeyType}`).sort();
  const indexes = table.GlobalSecondaryIndexes?.map(({ IndexName, KeySchema }) => `${IndexName}: ${keys(KeySchema)}`).sort();
  return JSON.stringify([keys(table.KeySchema), indexes ?? [], table.StreamSpecification?.StreamViewType ?? "no stream"]);
};

/** Tables that an earlier version made expire by the engine's clock, which is the machine's. */
const endOwnExpiry = async (client: DynamoDBClient, name: string): Promise<void> => {
  const { TimeToLiveDescription: known } = await client.send(new DescribeTimeToLiveCommand({ TableName: name }));
  if (known?.TimeToLiveStatus !== "ENABLED" || known.AttributeName === undefined) return;
  const TimeToLiveSpecification = { AttributeName: known.AttributeName, Enabled: false };
  await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification }));
};

/** What each way asks of AWS for one callback at rest: calls and DynamoDB's write units, counted between it and the engines. */

import { listAt } from "../../core/formats/json.ts";
import type { Progress } from "../ack/ack.ts";
import { type RecordedCall, record } from "../cost/recording.ts";
import { createMeter } from "../cost/units.ts";
import { openStage } from "../stage.ts";
import { startApplication } from "./application.ts";
import { callbacksFor } from "./payload.ts";
import { sendAll } from "./send-all.ts";
import { openWays, type WayName } from "./ways.ts";

/** Per callback. */
export interface Counts {
  readonly calls: number;
  readonly writeUnits: number;
  readonly readUnits: number;
}

const callbacks = 30;
/** The schedules' runs cost the same whatever comes; `cost` counts them. */
const never = 3_600;

export const countCalls = async (progress: Progress): Promise<ReadonlyMap<WayName, Counts>> => {
  const stage = await openStage();
  const application = await startApplication();
  const { AWS_ENDPOINT_URL_DYNAMODB = "", AWS_ENDPOINT_URL_SQS = "" } = stage.environment;
  const [dynamodb, sqs] = [await record(AWS_ENDPOINT_URL_DYNAMODB), await record(AWS_ENDPOINT_URL_SQS)];
  const environment = { ...stage.environment, AWS_ENDPOINT_URL_DYNAMODB: dynamodb.url, AWS_ENDPOINT_URL_SQS: sqs.url };
  const ways = await openWays({ ...stage, environment }, application.url, never);
  try {
    const counts = new Map<WayName, Counts>();
    const meter = createMeter();
    for (const way of ways) {
      progress(`${way.name}: counting`);
      await sendAll(way, application, callbacksFor(5, way.secret), "one by one");
      await quiet();
      dynamodb.take();
      sqs.take();
      await sendAll(way, application, callbacksFor(callbacks, way.secret), "one by one");
      await quiet();
      const asked = dynamodb.take().filter(isBilled);
      const units = asked.map((call) => meter.units(call));
      const sum = (values: readonly number[]) => values.reduce((one, other) => one + other, 0) / callbacks;
      counts.set(way.name, {
        calls: (asked.length + sqs.take().filter(isWork).length) / callbacks,
        writeUnits: sum(units.map(({ write, indexWrite }) => write + indexWrite)),
        readUnits: sum(units.map(({ read }) => read)),
      });
    }
    return counts;
  } finally {
    for (const way of ways) await way.close();
    for (const recording of [dynamodb, sqs]) recording.close();
    application.close();
    await stage.close();
  }
};

/** What follows a delivery - the progress is saved, the message deleted - is over a moment later. */
const quiet = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1_500));

/** Lambda reads a stream for nothing. */
const isBilled = ({ operation }: RecordedCall): boolean => !/Stream|ShardIterator|GetRecords/.test(operation);

/** A receive that brought nothing is asked for whatever comes. */
const isWork = ({ operation, output }: RecordedCall): boolean => operation !== "ReceiveMessage" || listAt(output, "Messages").length > 0;

/** The template's event source mappings: what feeds which function, and with which settings. */

import { Failure } from "../../core/failure.ts";
import { at, listAt, numberAt, textAt } from "../../core/formats/json.ts";
import { type References, resolve } from "../template/intrinsics.ts";
import type { Resource } from "../template/synthesis.ts";
import { createFilter, type Filter } from "./filter.ts";

interface Mapping {
  readonly functionName: string;
  readonly sourceArn: string;
  readonly batchSize: number;
  readonly windowMs: number;
  /** False: the records do not reach the function. */
  readonly filter: Filter;
  readonly reportsBatchItemFailures: boolean;
}

export interface StreamMapping extends Mapping {
  readonly kind: "stream";
  /** Infinite when the mapping says -1, or nothing. */
  readonly maxRetries: number;
  readonly maxAgeMs: number;
  readonly bisects: boolean;
  /** Batches of one shard that are worked on at a time; those of one item stay in order. */
  readonly parallelizationFactor: number;
  /** ARN of the bucket or queue for what is given up. */
  readonly onFailure: string | undefined;
}

export interface QueueMapping extends Mapping {
  readonly kind: "queue";
  readonly queueName: string;
  readonly maxConcurrency: number;
}

/** Lambda's own where the mapping says nothing. */
const defaultBatchSize = { stream: 100, queue: 10 } as const;
/** Without a limit of its own a queue gets as many as a function may have; more than these do not help on one machine. */
const defaultConcurrency = 50;

export const planMappings = (resources: readonly Resource[], references: References): readonly (StreamMapping | QueueMapping)[] =>
  resources
    .filter(({ type, properties }) => type === "AWS::Lambda::EventSourceMapping" && properties.Enabled !== false)
    .map((resource) => {
      const where = (property: string) => `${property} of ${resource.logicalId}`;
      const properties = resolve(resource.properties, references, where("a property")) as Record<string, unknown>;
      const sourceArn = textAt(properties, "EventSourceArn") ?? "";
      const patterns = listAt(properties, "FilterCriteria", "Filters").map((filter) => textAt(filter, "Pattern") ?? "");
      const kind = /^arn:[^:]+:dynamodb:.*\/stream\//.test(sourceArn) ? "stream" : /^arn:[^:]+:sqs:/.test(sourceArn) ? "queue" : undefined;
      if (!kind)
        throw new Failure(`${where("EventSourceArn")} is ${sourceArn}; the local stack polls DynamoDB streams and SQS queues only.`);
      const common: Mapping = {
        functionName: functionNameOf(textAt(properties, "FunctionName") ?? ""),
        sourceArn,
        batchSize: numberAt(properties, "BatchSize") ?? defaultBatchSize[kind],
        windowMs: (numberAt(properties, "MaximumBatchingWindowInSeconds") ?? 0) * 1000,
        filter: createFilter(patterns, where("FilterCriteria")),
        reportsBatchItemFailures: listAt(properties, "FunctionResponseTypes").includes("ReportBatchItemFailures"),
      };
      return kind === "queue"
        ? {
            ...common,
            kind,
            queueName: sourceArn.split(":").at(-1) ?? "",
            maxConcurrency: numberAt(properties, "ScalingConfig", "MaximumConcurrency") ?? defaultConcurrency,
          }
        : {
            ...common,
            kind,
            maxRetries: unlimited(numberAt(properties, "MaximumRetryAttempts")),
            maxAgeMs: unlimited(numberAt(properties, "MaximumRecordAgeInSeconds")) * 1000,
            parallelizationFactor: numberAt(properties, "ParallelizationFactor") ?? 1,
            bisects: at(properties, "BisectBatchOnFunctionError") === true,
            onFailure: textAt(properties, "DestinationConfig", "OnFailure", "Destination"),
          };
    });

const unlimited = (value: number | undefined): number => (value === undefined || value < 0 ? Number.POSITIVE_INFINITY : value);

const functionNameOf = (nameOrArn: string): string => (nameOrArn.startsWith("arn:") ? (nameOrArn.split(":")[6] ?? "") : nameOrArn);

/** What the tables refuse, no longer refused: the conditions taken out of the requests. */
import { withBody } from "../aws/answers.ts";
import { intact, type Mutant } from "../run/mutant.ts";

const withoutCondition = (table: "records" | "ledger"): Mutant => ({
  ...intact,
  request(call, request) {
    const { input } = call;
    if (call.service !== "DynamoDB" || !JSON.stringify(input).includes(`-${table}"`)) return request;
    if (call.operation === "PutItem") return withBody(request, strip(input));
    if (call.operation !== "TransactWriteItems") return request;
    const TransactItems = (input.TransactItems ?? []).flatMap((item): readonly object[] =>
      item.Put ? [{ Put: strip(item.Put) }] : item.Delete ? [item] : [],
    );
    return withBody(request, { ...input, TransactItems });
  },
});

const strip = (item: object): object => {
  const { ConditionExpression: _, ExpressionAttributeValues: __, ...rest } = item as Record<string, unknown>;
  return rest;
};

export const recordOverwritten = withoutCondition("records");

export const revisionUnchecked = withoutCondition("ledger");

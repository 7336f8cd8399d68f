/** What a contestant's bundle exports. */
import type { APIGatewayProxyEventV2, Context } from "aws-lambda";

export interface Contestant<Input = APIGatewayProxyEventV2> {
  /** Answers one callback. Only its time is measured. */
  handler(input: Input, context: Context): Promise<{ readonly statusCode: number }>;
  /** What is done with a callback before the time is taken; nothing, for a handler that takes callbacks as HTTP API gives them. */
  readonly prepare?: (event: APIGatewayProxyEventV2) => Input;
}

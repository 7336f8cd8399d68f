/** What each resource of the template is called here, and how others refer to it: `Ref` and `Fn::GetAtt`. */
import { Failure } from "../../core/failure.ts";
import { accountId, region } from "../account.ts";
import { pseudoParameters, type References, resolve } from "./intrinsics.ts";
import type { Resource } from "./synthesis.ts";

export interface Identity {
  readonly name: string;
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Which property holds the name of a type that the local stack plays. A resource without one is called by its logical id. */
const nameProperty: Readonly<Record<string, string>> = {
  "AWS::ApiGatewayV2::Api": "Name",
  "AWS::DynamoDB::GlobalTable": "TableName",
  "AWS::DynamoDB::Table": "TableName",
  "AWS::Events::Rule": "Name",
  "AWS::Lambda::Function": "FunctionName",
  "AWS::Lambda::EventSourceMapping": "",
  "AWS::ApiGatewayV2::Integration": "",
  "AWS::ApiGatewayV2::Route": "",
  "AWS::ApiGatewayV2::Stage": "StageName",
  "AWS::S3::Bucket": "BucketName",
  "AWS::SecretsManager::Secret": "Name",
  "AWS::SNS::Topic": "TopicName",
  "AWS::SQS::Queue": "QueueName",
};

/** Types that run nothing: permissions, keys, alarms, log groups. On a laptop everything is allowed. */
const irrelevant =
  /^AWS::(IAM|KMS|CloudWatch|EC2|SNS|Logs|CDK|Budgets|WAFv2|SSM)::|^AWS::(S3::BucketPolicy|SQS::QueuePolicy|Lambda::(Permission|EventInvokeConfig|Alias|Version|LayerVersion)|SecretsManager::(ResourcePolicy|RotationSchedule))$/;

/**
 * @throws Failure for a type the local stack neither plays nor can do without: leaving it out silently would make local
 *   differ from deployed.
 */
export const identify = (resources: readonly Resource[]): ReadonlyMap<string, Identity> => {
  const identities = new Map<string, Identity>();
  for (const resource of resources) {
    const property = nameProperty[resource.type];
    if (property !== undefined) identities.set(resource.logicalId, identityOf(resource, property));
    else if (!irrelevant.test(resource.type))
      throw new Failure(
        `The template has ${resource.logicalId} of type ${resource.type}, which the local stack does not play; local/template/identities.ts says what it does.`,
      );
  }
  return identities;
};

/** References into the template, with what only became known when the resources were made (`StreamArn`, queue URLs) on top. */
export const referencesTo = (
  identities: ReadonlyMap<string, Identity>,
  made: ReadonlyMap<string, Partial<Identity>> = new Map(),
): References => ({
  ref: (logicalId) => made.get(logicalId)?.ref ?? identities.get(logicalId)?.ref,
  attribute: (logicalId, name) => made.get(logicalId)?.attributes?.[name] ?? identities.get(logicalId)?.attributes[name],
});

/** Names may be put together from pseudo parameters, but not from other resources. */
const noReferences: References = { ref: () => undefined, attribute: () => undefined };

const identityOf = ({ logicalId, type, properties }: Resource, property: string): Identity => {
  const given = property && resolve(properties[property], noReferences, `${property} of ${logicalId}`);
  const name =
    typeof given === "string" && given !== "" ? given : `${logicalId}${type === "AWS::SQS::Queue" && isFifo(properties) ? ".fifo" : ""}`;
  const arn = arnOf(type, name);
  return { name, ref: refOf(type, name, arn), attributes: { Arn: arn, ...extraAttributes(type, name) } };
};

const isFifo = (properties: Resource["properties"]): boolean => String(properties.FifoQueue) === "true";

const arnOf = (type: string, name: string): string => {
  const own = (service: string, rest: string) => `arn:${pseudoParameters["AWS::Partition"]}:${service}:${region}:${accountId}:${rest}`;
  switch (type) {
    case "AWS::DynamoDB::Table":
    case "AWS::DynamoDB::GlobalTable":
      return own("dynamodb", `table/${name}`);
    case "AWS::Events::Rule":
      return own("events", `rule/${name}`);
    case "AWS::Lambda::Function":
      return own("lambda", `function:${name}`);
    case "AWS::S3::Bucket":
      return `arn:aws:s3:::${name}`;
    case "AWS::SecretsManager::Secret":
      return own("secretsmanager", `secret:${name}-local0`);
    case "AWS::SNS::Topic":
      return own("sns", name);
    case "AWS::SQS::Queue":
      return own("sqs", name);
    default:
      return own("local", name);
  }
};

/** Types whose `Ref` is their ARN. A queue's is its URL, known once it is made; of the others it is the name. */
const refOf = (type: string, name: string, arn: string): string =>
  type === "AWS::SecretsManager::Secret" || type === "AWS::SNS::Topic" ? arn : name;

const extraAttributes = (type: string, name: string): Readonly<Record<string, string>> => {
  if (type === "AWS::SQS::Queue") return { QueueName: name };
  if (type === "AWS::ApiGatewayV2::Api") return { ApiEndpoint: "http://127.0.0.1", ApiId: name };
  return {};
};

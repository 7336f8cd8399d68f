/** Names of things in AWS, by kind of target: what may be written, and what is in it. */
import type { AwsTarget } from "./target.ts";

export interface Arn {
  readonly partition: string;
  readonly region: string;
  readonly account: string;
  /** Without what is before it (`function:`), and without a version or an alias. */
  readonly name: string;
}

interface Form {
  readonly pattern: RegExp;
  readonly example: string;
}

const form = (service: string, name: string, example: string): Form => ({
  pattern: new RegExp(
    `^arn:(?<partition>aws|aws-cn|aws-us-gov):${service}:(?<region>[a-z]{2}(?:-[a-z]+)+-\\d):(?<account>\\d{12}):${name}$`,
  ),
  example: `arn:aws:${service}:eu-central-1:123456789012:${example}`,
});

export const arnForms = {
  eventbridge: form("events", "event-bus/(?<name>(?!aws\\.)[\\w.-]{1,256})", "event-bus/payments"),
  lambda: form("lambda", "function:(?<name>[\\w-]{1,64})(?::[\\w$-]{1,128})?", "function:payments"),
  sqs: form("sqs", "(?<name>[\\w-]{1,80}|[\\w-]{1,75}\\.fifo)", "payments.fifo"),
} as const satisfies Readonly<Record<AwsTarget["kind"], Form>>;

/** Throws for what the configuration check rejects. */
export const readArn = (kind: AwsTarget["kind"], arn: string): Arn => {
  const found = arnForms[kind].pattern.exec(arn)?.groups;
  if (!found) throw new Error(`"${arn}" is not like ${arnForms[kind].example}`);
  const { partition = "", region = "", account = "", name = "" } = found;
  return { partition, region, account, name };
};

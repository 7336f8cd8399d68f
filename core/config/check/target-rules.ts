/** What a target may be, by its kind. */

import type { Problem } from "../../problems/problem.ts";
import { byKind, fields, listOf, matching, number, oneOf, type Rule, text, yesOrNo } from "../../problems/rule.ts";
import { arnForms, readArn } from "../arn.ts";
import type { AwsTarget, Config } from "../config.ts";
import { functionVerbs, resourceNames } from "../resource-names.ts";
import { address, anyText, httpsUrl, secretName } from "./value-rules.ts";

const everyTarget = {
  order: oneOf(["strict", "relaxed"], "order"),
  timeoutSeconds: number({ least: 0.1, most: 30, whole: false, why: "seconds until a delivery counts as failed" }),
  refusalGraceSeconds: number({
    least: 0,
    most: 3_600,
    whole: true,
    why: "seconds in which a 400, 404 or 409 is retried; what comes later in the contract waits as long",
  }),
  entitlementFollows: yesOrNo,
};

export const targetRule = (config: Config): Rule =>
  byKind(
    {
      http: fields(
        { kind: anyText, url: httpsUrl, mode: oneOf(["pass-through", "signed"], "mode") },
        { ...everyTarget, secretName, resign: yesOrNo, allowAddresses: listOf(address) },
      ),
      eventbridge: fields({ kind: anyText, arn: arnRule("eventbridge", config) }, everyTarget),
      lambda: fields({ kind: anyText, arn: arnRule("lambda", config) }, everyTarget),
      sqs: fields({ kind: anyText, arn: arnRule("sqs", config) }, everyTarget),
    },
    "kind of target",
  );

/** What Holdfast sends to a queue or a function of its own would come back as something else, forever. */
const arnRule = (kind: AwsTarget["kind"], config: Config): Rule => {
  const { pattern, example } = arnForms[kind];
  const isOther = text(
    (arn) => !isOwn(kind, readArn(kind, arn).name, config),
    "this is one of Holdfast's own: name one of the application's",
  );
  return (value, path) => {
    const problems = matching(pattern, `write the ARN, as AWS shows it: ${example}`)(value, path);
    return problems.length > 0 ? problems : isOther(value, path);
  };
};

const isOwn = (kind: AwsTarget["kind"], name: string, config: Config): boolean => {
  const own = resourceNames(config.name);
  if (kind === "sqs") return [own.doorbells, own.deadLetters, own.spill, own.arrivals, own.arrivalsFailed].includes(name);
  return kind === "lambda" && functionVerbs.some((verb) => own.function(verb) === name);
};

export const resignedTwice = ({ targets }: Config): readonly Problem[] =>
  Object.entries(targets).flatMap(([name, target]) =>
    target.kind === "http" && target.mode === "signed" && target.resign
      ? [
          {
            path: `targets.${name}.resign`,
            value: target.resign,
            message: "leave it out: signed messages are signed when they are sent anyway",
          },
        ]
      : [],
  );

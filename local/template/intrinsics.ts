/** CloudFormation's intrinsic functions, resolved to what the local resources are really called. */
import { Failure } from "../../core/failure.ts";
import { accountId, region } from "../account.ts";

/** What a template's references stand for. Undefined: the local stack does not have that. */
export interface References {
  /** `Ref`: a resource's main name, or a pseudo parameter. */
  ref(logicalId: string): string | undefined;
  /** `Fn::GetAtt`. */
  attribute(logicalId: string, name: string): string | undefined;
}

/** The pseudo parameters, as far as they have a meaning here. */
export const pseudoParameters: Readonly<Record<string, string>> = {
  "AWS::AccountId": accountId,
  "AWS::Partition": "aws",
  "AWS::Region": region,
  "AWS::StackName": "local",
  "AWS::StackId": `arn:aws:cloudformation:${region}:${accountId}:stack/local/local`,
  "AWS::URLSuffix": "amazonaws.com",
};

/**
 * The value with every intrinsic replaced. Fields that are `AWS::NoValue` are left out.
 * @param where for people: which property of which resource this is.
 * @throws Failure for an intrinsic this file does not know, or a reference to something that does not exist here.
 */
export const resolve = (value: unknown, references: References, where: string): unknown => {
  if (Array.isArray(value)) return value.map((one) => resolve(one, references, where)).filter((one) => one !== undefined);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const [name, argument] = entries.length === 1 && entries[0] ? entries[0] : ["", undefined];
  if (name === "Ref" || name.startsWith("Fn::")) return resolveIntrinsic(name, argument, references, where);
  return Object.fromEntries(
    entries.map(([field, inner]) => [field, resolve(inner, references, where)] as const).filter(([, inner]) => inner !== undefined),
  );
};

const resolveIntrinsic = (name: string, argument: unknown, references: References, where: string): unknown => {
  const inner = (one: unknown) => resolve(one, references, where);
  switch (name) {
    case "Ref":
      return argument === "AWS::NoValue" ? undefined : refer(String(argument), references, where);
    case "Fn::GetAtt": {
      const [logicalId, ...path] = Array.isArray(argument) ? argument.map(String) : String(argument).split(".");
      return attribute(logicalId ?? "", path.join("."), references, where);
    }
    case "Fn::Join": {
      const [separator, parts] = listOf(argument);
      return listOf(inner(parts)).map(String).join(String(separator));
    }
    case "Fn::Split": {
      const [separator, text] = listOf(argument);
      return String(inner(text)).split(String(separator));
    }
    case "Fn::Select": {
      const [index, parts] = listOf(argument);
      return listOf(inner(parts))[Number(index)];
    }
    case "Fn::Sub": {
      const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
      return substitute(String(text), inner(variables ?? {}), references, where);
    }
    default:
      throw new Failure(`${where} uses ${name}, which the local stack cannot resolve (local/template/intrinsics.ts).`);
  }
};

const substitute = (text: string, variables: unknown, references: References, where: string): string =>
  text.replace(/\$\{(!?)([^}]+)\}/g, (whole, literal: string, name: string) => {
    if (literal) return whole.replace("!", "");
    if (typeof variables === "object" && variables !== null && Object.hasOwn(variables, name))
      return String((variables as Record<string, unknown>)[name]);
    const dot = name.indexOf(".");
    return dot < 0 ? refer(name, references, where) : attribute(name.slice(0, dot), name.slice(dot + 1), references, where);
  });

const refer = (logicalId: string, references: References, where: string): string => {
  const found = Object.hasOwn(pseudoParameters, logicalId) ? pseudoParameters[logicalId] : references.ref(logicalId);
  if (found === undefined) throw new Failure(`${where} refers to ${logicalId}, which the local stack does not have.`);
  return found;
};

const attribute = (logicalId: string, name: string, references: References, where: string): string => {
  const found = references.attribute(logicalId, name);
  if (found === undefined) throw new Failure(`${where} needs ${name} of ${logicalId}, which the local stack does not have.`);
  return found;
};

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Conditions, comparisons, sums, and the calls that have a counterpart or can be left out. */
import {
  type BinaryExpression,
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isDoStatement,
  isForStatement,
  isIfStatement,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isWhileStatement,
  type Node,
  type SourceFile,
  SyntaxKind,
} from "typescript/unstable/ast";
import type { Edit, Kind } from "../mutant.ts";
import type { Rule } from "./index.ts";

export const logicEdits: Rule = (node, _parent, file) => {
  const condition = conditionOf(node);
  return [
    ...(condition ? [negated(condition, file)] : []),
    ...(isNegation(node) ? [negated(node, file)] : []),
    ...(isBinaryExpression(node) ? binaryEdits(node, file) : []),
    ...callEdits(node, file),
  ];
};

const conditionOf = (node: Node): Node | undefined => {
  if (isIfStatement(node) || isWhileStatement(node) || isDoStatement(node)) return node.expression;
  if (isConditionalExpression(node) || isForStatement(node)) return node.condition;
  return undefined;
};

const isNegation = (node: Node): boolean => isPrefixUnaryExpression(node) && node.operator === SyntaxKind.ExclamationToken;

const negated = (node: Node, file: SourceFile): Edit => {
  const start = node.getStart(file);
  const text = node.getText(file);
  return { kind: "condition", start, end: node.end, text: isNegation(node) ? text.slice(1) : `!(${text})` };
};

const counterparts: Readonly<Record<string, readonly [Kind, string]>> = {
  "&&": ["logic", "||"],
  "||": ["logic", "&&"],
  "===": ["comparison", "!=="],
  "!==": ["comparison", "==="],
  "<": ["comparison", "<="],
  "<=": ["comparison", "<"],
  ">": ["comparison", ">="],
  ">=": ["comparison", ">"],
  "+": ["arithmetic", "-"],
  "-": ["arithmetic", "+"],
  "*": ["arithmetic", "/"],
  "/": ["arithmetic", "*"],
  "%": ["arithmetic", "*"],
};

/** The counterpart of an operator, and one side alone where the operator chooses between two. */
const binaryEdits = ({ left, operatorToken, right }: BinaryExpression, file: SourceFile): Edit[] => {
  const operator = operatorToken.getText(file);
  const start = left.getStart(file);
  const counterpart = counterparts[operator];
  const sides: Edit[] = ["&&", "||", "??"].includes(operator)
    ? [
        { kind: "logic", start, end: right.getStart(file), text: "" },
        { kind: "logic", start: left.end, end: right.end, text: "" },
      ]
    : [];
  if (!counterpart) return sides;
  const [kind, text] = counterpart;
  return [...sides, { kind, start: operatorToken.getStart(file), end: operatorToken.end, text }];
};

const otherCalls: ReadonlyMap<string, string> = new Map([
  ["startsWith", "endsWith"],
  ["endsWith", "startsWith"],
  ["some", "every"],
  ["every", "some"],
  ["toLowerCase", "toUpperCase"],
  ["toUpperCase", "toLowerCase"],
  ["find", "findLast"],
  ["findLast", "find"],
  ["min", "max"],
  ["max", "min"],
]);

const needlessCalls = ["trim", "sort", "toSorted", "reverse", "toReversed", "filter", "toLowerCase", "toUpperCase"];

const callEdits = (node: Node, file: SourceFile): Edit[] => {
  if (!isCallExpression(node) || !isPropertyAccessExpression(node.expression)) return [];
  const { expression, name } = node.expression;
  const other = otherCalls.get(name.text);
  return [
    ...(other ? [{ kind: "call" as const, start: name.getStart(file), end: name.end, text: other }] : []),
    ...(needlessCalls.includes(name.text) ? [{ kind: "call" as const, start: expression.end, end: node.end, text: "" }] : []),
  ];
};

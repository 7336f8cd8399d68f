/** Rows of tables, members of objects, elements of lists: one is missing, or has its neighbour's value. */
import {
  isArrayLiteralExpression,
  isIdentifier,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isStringLiteral,
  type Node,
  SyntaxKind,
} from "typescript/unstable/ast";
import type { Edit } from "../mutant.ts";
import type { Rule } from "./index.ts";

export const rowEdits: Rule = (node, _parent, file) => {
  if (!isObjectLiteralExpression(node) && !isArrayLiteralExpression(node)) return [];
  const members: readonly Node[] = isObjectLiteralExpression(node) ? node.properties : node.elements;
  const startOf = (member: Node): number => member.getStart(file);
  const removals = members.map((member, at): Edit => {
    const [before, after] = [members[at - 1], members[at + 1]];
    if (after) return { kind: "row", start: startOf(member), end: startOf(after), text: "" };
    return { kind: "row", start: before ? before.end : startOf(member), end: member.end, text: "" };
  });
  const swaps = members.flatMap((member, at): Edit[] => {
    const value = valueIn(member);
    const other = valueIn(members[at + 1] ?? members[at - 1]);
    if (!value || !other || value.getText(file) === other.getText(file)) return [];
    return [{ kind: "swap", start: startOf(value), end: value.end, text: other.getText(file) }];
  });
  return [...removals, ...swaps];
};

/** The value in a row: of `key: value`, and of `[key, value]` the last. Only where it is data. */
const valueIn = (member: Node | undefined): Node | undefined => {
  if (!member) return undefined;
  if (isPropertyAssignment(member)) return isPlain(member.initializer) ? member.initializer : undefined;
  if (!isArrayLiteralExpression(member) || member.elements.length < 2) return undefined;
  const last = member.elements.at(-1);
  return last && isPlain(last) ? last : undefined;
};

const plainTokens: readonly SyntaxKind[] = [
  SyntaxKind.NumericLiteral,
  SyntaxKind.TrueKeyword,
  SyntaxKind.FalseKeyword,
  SyntaxKind.NullKeyword,
  SyntaxKind.RegularExpressionLiteral,
];

const isPlain = (node: Node): boolean => {
  if (isStringLiteral(node) || isIdentifier(node) || isPropertyAccessExpression(node) || plainTokens.includes(node.kind)) return true;
  if (isArrayLiteralExpression(node)) return node.elements.every(isPlain);
  return isObjectLiteralExpression(node) && node.properties.every((member) => isPropertyAssignment(member) && isPlain(member.initializer));
};

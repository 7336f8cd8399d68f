/** A statement that is missing: an early return, a refusal, an assignment, a loop. */
import { isBlock, isCaseClause, isDefaultClause, isSourceFile, type Node, SyntaxKind } from "typescript/unstable/ast";
import type { Rule } from "./index.ts";

const removable: readonly SyntaxKind[] = [
  SyntaxKind.ExpressionStatement,
  SyntaxKind.IfStatement,
  SyntaxKind.ReturnStatement,
  SyntaxKind.ThrowStatement,
  SyntaxKind.ContinueStatement,
  SyntaxKind.BreakStatement,
  SyntaxKind.ForOfStatement,
  SyntaxKind.ForStatement,
  SyntaxKind.WhileStatement,
];

/** Only what stands in a list of statements: the one after `if (...)` goes together with its `if`. */
const isList = (node: Node): boolean => isBlock(node) || isSourceFile(node) || isCaseClause(node) || isDefaultClause(node);

export const statementEdits: Rule = (node, parent, file) =>
  removable.includes(node.kind) && isList(parent) ? [{ kind: "statement", start: node.getStart(file), end: node.end, text: "" }] : [];

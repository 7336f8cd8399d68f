/** Every edit that a mistake of one line could be. Types, imports and the sentences of thrown errors are left alone: nothing is decided by them. */
import {
  isExportDeclaration,
  isIdentifier,
  isImportDeclaration,
  isInterfaceDeclaration,
  isNewExpression,
  isTypeAliasDeclaration,
  isTypeNode,
  type Node,
  type SourceFile,
} from "typescript/unstable/ast";
import type { Edit } from "../mutant.ts";
import { literalEdits } from "./literals.ts";
import { logicEdits } from "./logic.ts";
import { rowEdits } from "./rows.ts";
import { statementEdits } from "./statements.ts";

/** Edits at one node; `parent` tells where it stands. */
export type Rule = (node: Node, parent: Node, file: SourceFile) => readonly Edit[];

const rules: readonly Rule[] = [rowEdits, literalEdits, logicEdits, statementEdits];

const isLeftAlone = (node: Node): boolean =>
  isTypeNode(node) ||
  isImportDeclaration(node) ||
  isExportDeclaration(node) ||
  isInterfaceDeclaration(node) ||
  isTypeAliasDeclaration(node) ||
  (isNewExpression(node) && isIdentifier(node.expression) && /Error$/.test(node.expression.text));

export const editsOf = (file: SourceFile): Edit[] => {
  const edits: Edit[] = [];
  const visit = (node: Node, parent: Node): void => {
    if (isLeftAlone(node)) return;
    for (const rule of rules) edits.push(...rule(node, parent, file));
    node.forEachChild((child) => visit(child, node));
  };
  file.forEachChild((child) => visit(child, file));
  return edits;
};

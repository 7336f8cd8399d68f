/** Strings, numbers, booleans, regular expressions and the fixed parts of templates. */
import {
  isBindingElement,
  isNoSubstitutionTemplateLiteral,
  isNumericLiteral,
  isPropertyAssignment,
  isRegularExpressionLiteral,
  isStringLiteral,
  isTemplateHead,
  isTemplateMiddle,
  isTemplateTail,
  type Node,
  SyntaxKind,
} from "typescript/unstable/ast";
import type { Edit, Kind } from "../mutant.ts";
import type { Rule } from "./index.ts";
import { regexChanges } from "./regex.ts";

export const literalEdits: Rule = (node, parent, file) => {
  if (isName(node, parent)) return [];
  const start = node.getStart(file);
  const text = node.getText(file);
  const edit = (kind: Kind, changed: string): Edit => ({ kind, start, end: node.end, text: changed });
  if (isStringLiteral(node) || isNoSubstitutionTemplateLiteral(node)) return [edit("string", node.text === "" ? '"~"' : '""')];
  if (isTemplateHead(node) || isTemplateMiddle(node)) return node.text === "" ? [] : [edit("string", `${text[0]}\${`)];
  if (isTemplateTail(node)) return node.text === "" ? [] : [edit("string", "}`")];
  if (isNumericLiteral(node)) return neighbours(Number(node.text)).map((number) => edit("number", String(number)));
  if (node.kind === SyntaxKind.TrueKeyword) return [edit("boolean", "false")];
  if (node.kind === SyntaxKind.FalseKeyword) return [edit("boolean", "true")];
  if (isRegularExpressionLiteral(node)) return regexChanges(text).map((changed) => edit("regex", changed));
  return [];
};

/** The name of a member is pinned by the edit that removes the member. */
const isName = (node: Node, parent: Node): boolean =>
  (isPropertyAssignment(parent) && parent.name === node) || (isBindingElement(parent) && parent.propertyName === node);

const neighbours = (number: number): readonly number[] => (number === 0 ? [1] : [number + 1, number - 1]);

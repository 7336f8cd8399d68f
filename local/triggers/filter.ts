/** Filter patterns of event source mappings: which records reach the function at all. */
import { errorMessage, Failure } from "../../core/failure.ts";

export type Filter = (record: unknown) => boolean;

/**
 * One record passes when any pattern matches it; without patterns all pass.
 * @throws Failure for a pattern that is not JSON, or uses an operator this file does not know: guessing would lose records.
 */
export const createFilter = (patterns: readonly string[], where: string): Filter => {
  const matchers = patterns.map((pattern) => {
    try {
      return fieldsOf(JSON.parse(pattern));
    } catch (error) {
      throw new Failure(`${where}: ${errorMessage(error)}`);
    }
  });
  return matchers.length === 0 ? () => true : (record) => matchers.some((matches) => matches(record));
};

/** A pattern's fields must all match; a field the record lacks is `undefined`, which only `{"exists": false}` matches. */
const fieldsOf = (pattern: unknown): Filter => {
  if (!isFields(pattern)) throw new Error(`a filter pattern is an object, not ${JSON.stringify(pattern)}`);
  const matchers = Object.entries(pattern).map(([name, wanted]): Filter => {
    if (name === "$or") {
      const choices = (Array.isArray(wanted) ? wanted : []).map(fieldsOf);
      return (record) => choices.some((matches) => matches(record));
    }
    const matches = Array.isArray(wanted) ? anyOf(wanted) : fieldsOf(wanted);
    return (record) => matches(isFields(record) && Object.hasOwn(record, name) ? record[name] : undefined);
  });
  return (record) => matchers.every((matches) => matches(record));
};

/** A list of choices. Where the record has a list itself, one of its values must match. */
const anyOf = (choices: readonly unknown[]): Filter => {
  const matchers = choices.map(choiceOf);
  return (value) => (Array.isArray(value) ? value : [value]).some((one) => matchers.some((matches) => matches(one)));
};

const choiceOf = (choice: unknown): Filter => {
  if (typeof choice !== "object" || choice === null) return (value) => value === choice;
  const [operator = "", argument] = Object.entries(choice)[0] ?? [];
  switch (operator) {
    case "prefix":
      return (value) => typeof value === "string" && value.startsWith(String(argument));
    case "suffix":
      return (value) => typeof value === "string" && value.endsWith(String(argument));
    case "equals-ignore-case":
      return (value) => typeof value === "string" && value.toLowerCase() === String(argument).toLowerCase();
    case "exists":
      return (value) => (value !== undefined) === argument;
    case "anything-but": {
      const excluded = anyOf([argument].flat());
      return (value) => value !== undefined && !excluded(value);
    }
    case "numeric":
      return numeric(Array.isArray(argument) ? argument : []);
    default:
      throw new Error(`the filter operator ${JSON.stringify(operator)} is not known to the local stack (local/triggers/filter.ts)`);
  }
};

/** `[">", 0, "<=", 100]`: comparisons that must all hold. */
const numeric = (comparisons: readonly unknown[]): Filter => {
  const checks = Array.from({ length: comparisons.length / 2 }, (_, index) => {
    const [operator, bound] = [comparisons[index * 2], Number(comparisons[index * 2 + 1])];
    return (value: number) => {
      switch (operator) {
        case "=":
          return value === bound;
        case "<":
          return value < bound;
        case "<=":
          return value <= bound;
        case ">":
          return value > bound;
        case ">=":
          return value >= bound;
        default:
          return false;
      }
    };
  });
  return (value) => typeof value === "number" && checks.length > 0 && checks.every((holds) => holds(value));
};

const isFields = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);

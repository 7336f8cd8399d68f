/** What a function of an application answers to a message, and what that means for its delivery. */
import { excerptOf } from "../answer-excerpt.ts";
import { at, numberAt, textAt } from "../formats/json.ts";
import type { Delivery } from "../lifecycle/retry.ts";

export interface FunctionAnswer {
  /** Lambda's word for a function that threw, crashed or ran out of time: `Unhandled`. Absent: it returned. */
  readonly error?: string | undefined;
  /** What it returned, or what Lambda says about the error, as JSON. */
  readonly payload: Uint8Array;
}

/** Lambda's limit for a call that is waited for is 6 MB, there and back. */
export const mostFunctionBytes = 6_000_000;

/**
 * Any return value accepts the delivery, except `{ holdfast: "refuse", reason }`, which refuses it for good, and
 * `{ holdfast: "later", reason, seconds }`, which asks for a retry. A misspelt one is a failure, and so is a throw. A function that answers as
 * if over HTTP, `{ statusCode }`, is taken at its word, however long the page that comes with it. JSON in a text is read as what it says.
 */
export const readFunctionAnswer = ({ error, payload }: FunctionAnswer): Delivery => {
  const excerpt = excerptOf(payload);
  const answer = valueIn(payload);
  if (error !== undefined) {
    const [type, message] = [textAt(answer, "errorType"), textAt(answer, "errorMessage")];
    const said = excerptOf([type, message].filter(Boolean).join(": ")) || excerpt;
    return { kind: "function failed", answer: `${error}: ${said}` };
  }
  const reason = excerptOf(textAt(answer, "reason") ?? excerpt);
  const word = at(answer, "holdfast");
  if (word === "refuse") return { kind: "function refused", answer: reason };
  if (word === "later") {
    const seconds = numberAt(answer, "seconds");
    return { kind: "function failed", answer: reason, ...(seconds !== undefined && seconds > 0 && { retryAfterMs: seconds * 1000 }) };
  }
  if (word !== undefined)
    return { kind: "function failed", answer: `it answered with a \`holdfast\` that is neither "refuse" nor "later": ${excerpt}` };
  const status = statusIn(answer);
  if (status === undefined || (status >= 200 && status < 300)) return { kind: "delivered", answer: `returned ${excerpt || "nothing"}` };
  return status >= 300 && status < 600
    ? { kind: "answered", status, answer: `${status} ${excerpt}` }
    : { kind: "function failed", answer: `it answered with a status that does not exist: ${excerpt}` };
};

/**
 * Whole, whatever its size and depth, which Lambda bounds: a refusal that is not read counts as taken. In a text there is one where a function
 * has written it out itself, as with Python's `json.dumps`.
 */
const valueIn = (payload: Uint8Array): unknown => {
  const value = jsonIn(utf8.decode(payload));
  return typeof value === "string" ? jsonIn(value) : value;
};

const utf8 = new TextDecoder();

const jsonIn = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** A front takes `"503"` for 503 as well. */
const statusIn = (answer: unknown): number | undefined => {
  const text = textAt(answer, "statusCode");
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : numberAt(answer, "statusCode");
};

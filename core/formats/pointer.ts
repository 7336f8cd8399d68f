/** JSON Pointer (RFC 6901): a place in a JSON value, written as text. `/data/items/0/id`; `~1` stands for `/`, `~0` for `~`. */
import { at } from "./json.ts";

/** Whether the text is a pointer. The empty one is, and means the whole value. */
export const isPointer = (text: string): boolean => /^(?:\/(?:[^~/]|~[01])*)*$/.test(text);

/** The value there, or undefined when there is none or the text is not a pointer. Never throws. */
export const pointed = (document: unknown, pointer: string): unknown => {
  if (!isPointer(pointer)) return undefined;
  let current = document;
  for (const step of pointer.split("/").slice(1)) {
    const name = step.replaceAll("~1", "/").replaceAll("~0", "~");
    // An array has members by index alone; its length is not one.
    if (Array.isArray(current) && name === "length") return undefined;
    current = at(current, name);
  }
  return current;
};

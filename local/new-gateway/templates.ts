/**
 * The files of a new gateway, from the texts in templates/. They are complete and work: a signed JSON gateway like the
 * sandbox. The places where the real one will differ are numbered, so that you need not look for them.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Names } from "./names.ts";

/** What belongs to each place. The command prints them. */
export const places: readonly string[] = [
  "the header: transport, proof and its strength, id, answers, oddities, sources, confidence",
  "facts: what people look up; one line each, with the pages it comes from",
  "the proof: which header, what is signed, how it is encoded, how old it may be",
  "the identity: the gateway's own event id, or the fields that make a callback unique, its state included",
  "the meanings: every type its documents list, in our words; what it cannot say goes to `incomplete`",
  "the answers: the exact acknowledgement and rejection, with status and content type",
  "the samples and the writer: bodies as it really sends them",
];

/** What the signature of a gateway may be made of. */
export type Signs = "body and time" | "body";

/** The text of that template with the gateway's names in it, and of what is there for one kind of signature only what is for this one. */
export const filled = (
  root: string,
  template: "front" | "aging" | "facts" | "meaning" | "meanings" | "test" | "writer",
  names: Names,
  signs: Signs,
): string => {
  const [mine, other] = signs === "body" ? [/^@untimed\|/gm, /^@timed\|.*\n/gm] : [/^@timed\|/gm, /^@untimed\|.*\n/gm];
  return readFileSync(join(root, "local", "new-gateway", "templates", `${template}.txt`), "utf8")
    .replace(other, "")
    .replace(mine, "")
    .replace(/@(key|code|title|header)@/g, (_, name: keyof Names) => names[name]);
};

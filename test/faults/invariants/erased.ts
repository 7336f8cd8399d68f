/** Nothing that happens after an erasure brings back what it has erased. */
import { all } from "../run/trace.ts";
import type { Run } from "./invariants.ts";

export const erasedStaysErased = ({ trace, stores }: Run): readonly string[] =>
  [...new Set(all(trace, "erased").map(({ person }) => person))].flatMap((person) =>
    stores.naming(person).map((item) => `${person} was erased, and is named in ${item}`),
  );

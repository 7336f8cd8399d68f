/** Payments without a contract whose events stand in the lines of several of their ids: each line shows a part, and only all together the payment. */
import { none, rows } from "./numbers.ts";
import type { Texts } from "./texts.ts";

export interface Scattered {
  /** @param payments rows of what the line shows @param others the other ids of its payment */
  note(line: string, payments: readonly number[], others: readonly string[]): void;
  /** Groups of lines that show parts of one payment, each with all rows of its parts. */
  groups(): readonly { readonly lines: readonly string[]; readonly payments: readonly number[] }[];
}

export const createScattered = (texts: Texts): Scattered => {
  /** By the number of a line's id: its place here. */
  const placeOf = rows();
  const [line, payment, otherFrom, others] = [rows(), rows(), rows(), rows()];
  return {
    note(id, payments, linked) {
      for (const one of payments) {
        const text = texts.add(id);
        placeOf.set(text, line.push(text));
        payment.push(one);
        otherFrom.push(others.length);
        for (const other of linked) others.push(texts.add(other));
      }
    },
    groups() {
      const parents = new Map<number, number>();
      const rootOf = (place: number): number => {
        let root = place;
        for (let next = parents.get(root); next !== undefined && next !== root; next = parents.get(root)) root = next;
        return root;
      };
      for (let place = 0; place < line.length; place++) {
        const end = place + 1 < line.length ? otherFrom.get(place + 1) : others.length;
        for (let at = otherFrom.get(place); at < end; at++) {
          const other = placeOf.get(others.get(at));
          if (other === none || line.get(other) === line.get(place)) continue;
          const root = rootOf(place);
          parents.set(rootOf(other), root);
          parents.set(root, root);
        }
      }
      const found = Map.groupBy(parents.keys(), rootOf);
      return [...found.values()].map((places) => ({
        lines: [...new Set(places.map((place) => texts.text(line.get(place))))].sort(),
        payments: places.map((place) => payment.get(place)),
      }));
    },
  };
};

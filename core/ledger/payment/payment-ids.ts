/** By which ids a payment goes, and which events are about the same one (R-JOIN-1): those that share an id, however many steps away. */
import type { PaymentEvent } from "../../event.ts";
import { ledgerId } from "../../ledger-id.ts";

/** All ids by which an event names its payment, as the ledger has them; none when it is about no payment. */
export const paymentIds = ({ charge, alsoKnownAs = [] }: Pick<PaymentEvent, "charge" | "alsoKnownAs">): readonly string[] => [
  ...new Set([...(charge === undefined ? [] : [charge]), ...alsoKnownAs].map(ledgerId)),
];

/** The events of one payment, in the order in which they were given, and all its ids, sorted. */
export interface Payment {
  readonly ids: readonly string[];
  readonly events: readonly PaymentEvent[];
}

/** The payments that the events are about. Those about none are left out. Which events belong together does not depend on their order. */
export const paymentsOf = (events: readonly PaymentEvent[]): readonly Payment[] => {
  const parents = new Map<string, string>();
  const rootOf = (id: string): string => {
    let root = id;
    for (let next = parents.get(root); next !== undefined && next !== root; next = parents.get(root)) root = next;
    // The way is shortened, so that a long chain of ids is walked once.
    for (let at = id; at !== root; ) {
      const next = parents.get(at) ?? root;
      parents.set(at, root);
      at = next;
    }
    return root;
  };
  const about = events.flatMap((event) => {
    const ids = paymentIds(event);
    const [first] = ids;
    if (first === undefined) return [];
    for (const id of ids) parents.set(rootOf(id), rootOf(first));
    return [{ event, first }];
  });
  const idsOf = Map.groupBy(parents.keys(), rootOf);
  return [...Map.groupBy(about, ({ first }) => rootOf(first))].map(([root, some]) => ({
    ids: (idsOf.get(root) ?? []).toSorted(),
    events: some.map(({ event }) => event),
  }));
};

/**
 * What people's commands mean, in the fewest words that say it: who is still to be delivered, in which order, and what holds it up.
 * It knows nothing of tables, queues and rings, and nothing of the product's code.
 */
export interface Line {
  readonly id: string;
  readonly contract: string;
  /** open: to be delivered, now or when nothing holds it up any more. */
  readonly state: "open" | "dead" | "done" | "discarded";
  /** How often it may be delivered: once, and once more for each replay. */
  readonly mayBeDelivered: number;
}

export interface Model {
  /** In stored order. */
  readonly lines: readonly Line[];
  /** Those the application rejects until it is fixed. */
  readonly refused: readonly string[];
  readonly isHeld: boolean;
  readonly heldContracts: readonly string[];
}

export type Deed =
  | { readonly do: "arrive"; readonly id: string; readonly contract: string; readonly isRefused: boolean }
  | { readonly do: "mend" | "hold" | "resume" }
  | { readonly do: "hold contract" | "resume contract"; readonly contract: string }
  | { readonly do: "replay" | "discard"; readonly id: string };

export const empty: Model = { lines: [], refused: [], isHeld: false, heldContracts: [] };

export const after = (model: Model, deed: Deed): Model => {
  switch (deed.do) {
    case "arrive": {
      const { id, contract, isRefused } = deed;
      const line: Line = { id, contract, state: "open", mayBeDelivered: 1 };
      return { ...model, lines: [...model.lines, line], refused: isRefused ? [...model.refused, id] : model.refused };
    }
    case "mend":
      return { ...model, refused: [] };
    case "hold":
    case "resume":
      return { ...model, isHeld: deed.do === "hold" };
    case "hold contract":
      return { ...model, heldContracts: [...new Set([...model.heldContracts, deed.contract])].sort() };
    case "resume contract":
      return { ...model, heldContracts: model.heldContracts.filter((contract) => contract !== deed.contract) };
    case "replay":
      return change(model, deed.id, (line) => ({ ...line, state: "open", mayBeDelivered: line.mayBeDelivered + 1 }));
    case "discard":
      return change(model, deed.id, (line) => (line.state === "done" ? line : { ...line, state: "discarded" }));
    default:
      return deed satisfies never;
  }
};

const change = (model: Model, id: string, next: (line: Line) => Line): Model => ({
  ...model,
  lines: model.lines.map((line) => (line.id === id ? next(line) : line)),
});

/** The next delivery: of all that stand first in their contract, the one stored first. None while everything is held. */
const next = ({ lines, isHeld, heldContracts }: Model): Line | undefined => {
  if (isHeld) return undefined;
  const unresolved = lines.filter(({ state }) => state === "open" || state === "dead");
  return unresolved.find(
    (line) =>
      line.state === "open" &&
      unresolved.find(({ contract }) => contract === line.contract) === line &&
      !heldContracts.includes(line.contract),
  );
};

/** So many deliveries later, or when nothing can be delivered any more. */
export const flow = (model: Model, most = Number.POSITIVE_INFINITY): Model => {
  const line = most > 0 ? next(model) : undefined;
  if (!line) return model;
  const state = model.refused.includes(line.id) ? "dead" : "done";
  return flow(
    change(model, line.id, (one) => ({ ...one, state })),
    most - 1,
  );
};

/** All that may have become of deeds done side by side: one after the other in some order, or one of them came too late to count. */
export const afterBoth = (model: Model, [one, other]: readonly [Deed, Deed]): readonly Model[] => {
  const isCommand = (deed: Deed) => deed.do === "replay" || deed.do === "discard";
  const orders: readonly (readonly Deed[])[] = [
    [one, other],
    [other, one],
    ...(isCommand(one) && isCommand(other) ? [[one], [other]] : []),
  ];
  return orders.flatMap((deeds) => {
    // The first may have gone all its way before the second begins, or not.
    const [first = one, second] = deeds;
    const begun = after(model, first);
    return second ? [after(begun, second), after(flow(begun), second)] : [begun];
  });
};

/** Records that have not come to an end, and are not waiting where a person sees why. */
import { sentenceOf } from "../../../core/lifecycle/cause-text.ts";
import { causeOf, heldBy, isIn, type Progress, settledStates } from "../../../core/lifecycle/progress.ts";
import type { Stores } from "./stores.ts";

/** One sentence for each. */
export const unsettled = (stores: Stores): readonly string[] => {
  const left = stores.records
    .filter(({ sort, verification }) => sort === "record" && verification !== "refused")
    .flatMap(({ key }) => {
      const progress = stores.progress.get(key);
      // Operators are shown it as a dead letter.
      if (stores.unreadable.has(key)) return stores.open.has(key) ? [] : [`${key} has a progress that cannot be read, and is in no index`];
      if (!progress) return [`${key} is stored, and nothing has ever happened to it`];
      if (isIn(progress, settledStates))
        return progress.releasing ? [`${key} is ${progress.state}, but those behind it have not been woken`] : [];
      if (!stores.open.has(key)) return [`${key} is ${progress.state}, and in no index from which anybody could find it`];
      if (progress.state === "dead") return [];
      if (progress.state !== "waiting") return [`${key} is still ${progress.state} (${reasonOf(progress)})`];
      return hasReasonToWait(stores, key, new Set()) ? [] : [`${key} waits (${reasonOf(progress)}), and nobody stands before it`];
    });
  return stores.spilledObjects > 0 ? [...left, `${stores.spilledObjects} callbacks still lie in the bucket's lifeboat`] : left;
};

const reasonOf = (progress: Progress): string => {
  const cause = causeOf(progress);
  return cause ? sentenceOf(cause) : "no reason given";
};

/** Behind a hold, or behind somebody who is dead, or behind somebody who has a reason to wait. */
const hasReasonToWait = (stores: Stores, key: string, asked: Set<string>): boolean => {
  const progress = stores.progress.get(key);
  if (!progress || asked.has(key)) return false;
  asked.add(key);
  const held = heldBy(progress);
  if (held !== undefined) return stores.holds.includes(held);
  return progress.contracts.some((contract) =>
    stores.line.some(
      (place) =>
        place.contract === contract &&
        place.order < progress.order &&
        (place.key === "hold" ||
          stores.unreadable.has(place.key) ||
          stores.progress.get(place.key)?.state === "dead" ||
          hasReasonToWait(stores, place.key, asked)),
    ),
  );
};

/** A person who looks at the dead-letter queue sees the same as one who looks at the table. */
export const mismatchedLetters = (stores: Stores, letters: readonly string[]): readonly string[] => {
  const stateOf = (key: string) => [...stores.progress.values()].find((progress) => progress.key === key)?.state;
  const dead = [...stores.progress.values()].filter(({ state }) => state === "dead").map(({ key }) => key);
  return [
    ...dead.filter((key) => !letters.includes(key)).map((key) => `${key} is dead, and there is no letter in the dead-letter queue`),
    ...letters
      // One whose progress cannot be read is a dead letter to an operator, and may have been one before.
      .filter((key) => stateOf(key) !== "dead" && !stores.unreadable.has(key))
      .map((key) => `${key} is ${stateOf(key)}, and its letter still lies in the dead-letter queue`),
  ];
};

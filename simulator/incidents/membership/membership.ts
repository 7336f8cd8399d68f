/** A membership site of which one step failed now and then: members whom one side has, and the other has not, among hundreds who are fine. */
import type { Millis } from "../../../core/callback.ts";
import { dayMs } from "../../../core/durations.ts";
import { type Deed, type Incident, type Life, peopleIn, scenesOf } from "../incident.ts";
import { clean } from "./clean.ts";
import { days, memberOf, source } from "./member.ts";
import { troubled } from "./troubled.ts";

type Kind = keyof typeof troubled | "clean";

const about: Readonly<Record<keyof typeof troubled, string>> = {
  replaced: "signs up a second time, and the first contract is gone",
  doubled: "signs up a second time, and pays for both",
  neverTold: "signs up while the site fails, and is never charged",
  refused: "signs up while the site fails, and the gateway says so",
  lapsed: "has a charge that fails, and the gateway ends the contract",
  failing: "has a charge that fails, and nothing more is said",
  ended: "is ended by the gateway in the midst of a paid month",
  uncancelled: "leaves, and is charged anyway",
};

/** How many members of each kind there are. */
export type Members = Readonly<Record<Kind, number>> & {
  /** For how many months they have been members, most of them. */
  readonly months: number;
};

/** As many as it was: 2, 71 and 6, among 602. */
export const allMembers: Members = {
  replaced: 1,
  doubled: 1,
  neverTold: 31,
  refused: 12,
  lapsed: 17,
  failing: 5,
  ended: 6,
  uncancelled: 6,
  clean: 523,
  months: 9,
};

/** One of each kind. */
export const fewMembers: Members = {
  replaced: 1,
  doubled: 1,
  neverTold: 1,
  refused: 1,
  lapsed: 1,
  failing: 1,
  ended: 1,
  uncancelled: 1,
  clean: 9,
  months: 1,
};

const settledByHand = /^(A1|A3|REFUND):/;

export const membership = (start: Millis, { months, ...counts }: Members, seed = "membership"): Incident => {
  const kinds = Object.entries(counts).flatMap(([kind, count]) => Array.from({ length: count }, () => kind as Kind));
  const lives = kinds.map((kind, index): Life => {
    const name = `member ${index + 1}`;
    const member = memberOf({ seed, number: index + 1, start, months, who: kind === "clean" ? undefined : name });
    return kind === "clean" ? { told: clean(member), awaited: [] } : { person: { name, about: about[kind] }, ...troubled[kind](member) };
  });
  const on = (day: number): Millis => start + day * dayMs;
  const byHand = lives.flatMap(({ awaited }) => awaited.filter(({ id }) => settledByHand.test(id)));
  const why = "given back by bank transfer; the gateway's own pages show it";
  return {
    name: "membership",
    about: "a site and its gateway think otherwise of some members: charged twice, not charged, charged after they left",
    sources: [source],
    accounts: "m-",
    people: peopleIn(lives),
    scenes: scenesOf(
      [
        { at: on(0), title: "Holdfast is installed, and both sides say what they know" },
        { at: on(5), title: "The site fails now and then in the midst of a sign-up" },
        { at: on(12), title: "Monthly charges fail, and cancellations do not reach the gateway" },
        { at: on(26), title: "The graces of all of them are over" },
        { at: on(28), title: "The site works the list off: gifts, revocations, ends at the gateway, money back" },
        {
          at: on(days.settled),
          title: "This gateway never says that money went back: what is left is settled by hand",
          deeds: byHand.map(({ id }): Deed => ({ kind: "handle", finding: id, by: "yuki", why })),
        },
        { at: on(days.over), title: "A day later" },
      ],
      lives,
    ),
  };
};

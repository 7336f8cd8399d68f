/** The members of whom the two sides think otherwise, and what has to be found of each. */
import { dayMs, hourMs } from "../../../core/durations.ts";
import type { Life } from "../incident.ts";
import { days, type Member, memberName, price, source } from "./member.ts";

const grantMs = 24 * hourMs;

/** A2, until the site has settled it. */
const uncharged = ({ on }: Member, line: string, from: number): Life["awaited"] => [
  { id: `A2:${line}`, money: [price], from, to: on(days.workedOff) },
];

/** A1: a second sign-up that the site has not noticed. */
const second = (member: Member, at: number): Life => {
  const { customer, on } = member;
  const back = member.givenBack(1, "second");
  return {
    told: [...customer.pays([at], { amount: price, contract: "second" }), ...back.told],
    awaited: [{ id: `A1:${memberName(customer, "second")}`, money: [price], from: at + grantMs, to: on(days.settled) }, back.awaited],
  };
};

export const troubled = {
  /** The second one takes the first one's place, which the gateway ends. */
  replaced(member: Member): Life {
    const at = member.on(9, 2);
    const { told, awaited } = second(member, at);
    const first = member.monthly(8, member.on(8));
    return { told: [...first.told, ...told, ...member.customer.tells("cancelled", at + hourMs, { amount: price })], awaited };
  },

  /** Both are charged. */
  doubled(member: Member): Life {
    const { told, awaited } = second(member, member.on(6, 2));
    return { told: [...member.monthly(12, member.on(12)).told, ...told], awaited };
  },

  /** The acknowledgement of the sign-up failed: the gateway took it back and says nothing more. */
  neverTold(member: Member): Life {
    const at = member.on(3, 4);
    return {
      told: [member.granted(at), member.settled()],
      awaited: uncharged(member, `${source}/${member.customer.order()}`, at + grantMs),
    };
  },

  /** The same, and the gateway says that it failed. */
  refused(member: Member): Life {
    const at = member.on(4, 1);
    return {
      told: [member.granted(at), ...member.customer.tells("failed", at + 5_000, { amount: price }), member.settled()],
      awaited: uncharged(member, memberName(member.customer), at + grantMs),
    };
  },

  /** A month's charge fails, the gateway ends the contract, and the site never learns of it. */
  lapsed(member: Member): Life {
    const { told, count, next } = member.monthly(5, member.on(4));
    const failed = member.customer.tells("failed", next, { amount: price, payment: count + 1 });
    const ended = member.customer.tells("cancelled", next + 3 * dayMs, { amount: price });
    return {
      told: [...told, ...failed, ...ended, member.settled()],
      awaited: uncharged(member, memberName(member.customer), next + 5 * dayMs),
    };
  },

  /** It fails, and the gateway says nothing more. */
  failing(member: Member): Life {
    const { told, count, next } = member.monthly(7, member.on(6));
    const failed = member.customer.tells("failed", next, { amount: price, payment: count + 1 });
    return { told: [...told, ...failed, member.settled()], awaited: uncharged(member, memberName(member.customer), next + 14 * dayMs) };
  },

  /** The gateway ends it in the midst of a month that is paid. */
  ended(member: Member): Life {
    const { told, next } = member.monthly(9, member.on(8));
    const ended = member.customer.tells("cancelled", next - 5 * dayMs, { amount: price });
    return { told: [...told, ...ended, member.settled()], awaited: uncharged(member, memberName(member.customer), next + 2 * dayMs) };
  },

  /** A3: the acknowledgement of the cancellation failed. The site has ended it, and the gateway goes on. */
  uncancelled(member: Member): Life {
    const { on } = member;
    const { told, count } = member.monthly(10, on(10));
    const line = memberName(member.customer);
    const back = member.givenBack(count);
    return {
      told: [...told, member.revoked(on(8)), ...back.told],
      awaited: [
        { id: `A3:${line}`, money: [price], from: on(10), to: on(days.settled) },
        { id: `CONFIRM:${line}`, from: on(8) + 2 * dayMs, to: on(days.workedOff) },
        back.awaited,
      ],
    };
  },
} satisfies Readonly<Record<string, (member: Member) => Life>>;

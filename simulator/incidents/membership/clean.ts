/** Members about whom both sides agree, though not all of them look like it. Of none of them anything may be found. */
import { dayMs, hourMs, minuteMs } from "../../../core/durations.ts";
import { dueAt } from "../../../core/findings/calendar.ts";
import { says, yen } from "../cast.ts";
import type { Told } from "../incident.ts";
import { days, type Member, price, source } from "./member.ts";

type Clean = (member: Member) => readonly Told[];

const plain: Clean = (member) => member.monthly(1 + (member.number % 27), member.on(days.over)).told;

const yearly: Clean = ({ customer, granted, number, on }) => {
  const anchor = on(-20 - (number % 300));
  const amount = yen(5_000);
  return [...customer.pays([anchor], { amount }), granted(anchor + minuteMs, { price: amount, interval: "year" })];
};

/** The card is declined, and taken five days later. */
const recovered: Clean = (member) => {
  const { told, count, next } = member.monthly(6, member.on(5));
  const about = { amount: price, payment: count + 1 };
  return [...told, ...member.customer.tells("failed", next, about), ...member.customer.tells("recovered", next + 5 * dayMs, about)];
};

/** Stays until what is paid is over. */
const left: Clean = (member) => {
  const { told, next } = member.monthly(12, member.on(11));
  const at = member.on(3, 5);
  return [...told, member.requested(at), ...member.customer.tells("cancelled", at + hourMs, { amount: price }), member.revoked(next)];
};

/** Ended by the gateway, and still in a month that is paid. */
const paidUp: Clean = (member) => [
  ...member.monthly(11, member.on(11)).told,
  ...member.customer.tells("cancelled", member.on(12), { amount: price }),
];

const freeMonth: Clean = ({ customer, granted, on }) => {
  const at = on(4, 3);
  return [...customer.pays([at], { amount: yen(0) }), granted(at + minuteMs, { freeUntil: new Date(on(40)).toISOString() })];
};

const gift: Clean = ({ account, customer, on }) => [
  says("entitlement.granted", on(2), { account, source, plan: "premium", basis: "complimentary" }, { who: customer.who }),
];

/** A second product, not a double. */
const twoPlans: Clean = (member) => {
  const at = member.on(-9);
  const data = { order: member.customer.order(1, "archive"), plan: "archive", price: yen(300) };
  const dues = [at, dueAt(at, "month", 1, "Asia/Tokyo")];
  return [...plain(member), ...member.customer.pays(dues, { amount: yen(300), contract: "archive" }), member.granted(at + minuteMs, data)];
};

/** A sign-up that the site works off twenty hours later. */
const grantedLate: Clean = ({ customer, granted, on }) => [...customer.pays([on(5)], { amount: price }), granted(on(5, 20))];

/** Charged before the end, and reported two days after it. */
const reportedLate: Clean = (member) => {
  const { told, count, next } = member.monthly(7, member.on(6));
  const ended = next + 2 * hourMs;
  return [
    ...told,
    ...member.customer.tells("renewed", next, { amount: price, payment: count + 1, sentAt: next + 2 * dayMs }),
    member.requested(ended - minuteMs),
    ...member.customer.tells("cancelled", ended, { amount: price }),
  ];
};

const odd: readonly Clean[] = [yearly, recovered, left, paidUp, freeMonth, gift, twoPlans, grantedLate, reportedLate];

/** Every second one is as most are. */
export const clean: Clean = (member) => (member.number % 2 === 0 ? plain : (odd[((member.number - 1) / 2) % odd.length] ?? plain))(member);

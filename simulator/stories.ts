/**
 * The stories, as data: what happens on which day. Two of them really went wrong somewhere: an accidental second sign-up,
 * and a charge after the end.
 */
import type { MomentKind } from "../gateways/moment.ts";

export interface Step {
  /** Days since the story began. Steps of one day happen minutes apart, in the order written. */
  readonly day: number;
  readonly kind: MomentKind;
  /** Which payment it is about, by a name within the story: a refund names what was paid. */
  readonly payment?: string;
  /** A further contract of the same customer, by a name; `none` for a payment that belongs to no contract. @default the first */
  readonly contract?: string;
  /** For a refund: how much of the payment goes back. @default all of it */
  readonly share?: number;
  /** Instead of the story's amount, in minor units. */
  readonly amount?: number;
  /** The day on which the gateway sends it. @default its own */
  readonly sentOnDay?: number;
  /** How often the gateway sends it without being asked. @default once */
  readonly times?: number;
}

export interface Story {
  readonly about: string;
  readonly steps: readonly Step[];
}

const signUp: readonly Step[] = [
  { day: 0, kind: "card checked" },
  { day: 0, kind: "started" },
  { day: 0, kind: "paid", payment: "first" },
];

const monthly = (months: number): readonly Step[] =>
  Array.from({ length: months }, (_, month) => ({ day: 30 * (month + 1), kind: "renewed", payment: `month ${month + 1}` }) as const);

export const stories = {
  life: {
    about:
      "a whole life: sign-up with a card check, renewals, one that fails and is recovered, a refund, the end; one sent twice, one late",
    steps: [
      ...signUp,
      { day: 30, kind: "renewed", payment: "second", times: 2 },
      { day: 60, kind: "failed", payment: "third", sentOnDay: 64 },
      { day: 63, kind: "recovered", payment: "third" },
      { day: 65, kind: "refunded", payment: "second" },
      { day: 88, kind: "card checked" },
      { day: 90, kind: "renewed", payment: "fourth", sentOnDay: 93 },
      { day: 92, kind: "card checked", times: 3 },
      { day: 100, kind: "cancelled" },
    ],
  },
  "sign-up": { about: "a card is checked, the contract starts, the first payment comes in", steps: signUp },
  year: { about: "a sign-up and twelve renewals", steps: [...signUp, ...monthly(12)] },
  unpaid: {
    about: "a renewal fails three times, then the gateway ends the contract",
    steps: [
      ...signUp,
      { day: 30, kind: "failed", payment: "second" },
      { day: 33, kind: "failed", payment: "second" },
      { day: 37, kind: "failed", payment: "second" },
      { day: 40, kind: "cancelled" },
    ],
  },
  recovery: {
    about: "a renewal fails, the customer changes the card, the renewal succeeds after all",
    steps: [
      ...signUp,
      { day: 30, kind: "failed", payment: "second" },
      { day: 31, kind: "card declined" },
      { day: 31, kind: "card checked" },
      { day: 31, kind: "recovered", payment: "second" },
      { day: 60, kind: "renewed", payment: "third" },
    ],
  },
  refunds: {
    about: "one payment is refunded in two parts, another at once",
    steps: [
      ...signUp,
      { day: 10, kind: "refunded", payment: "first", share: 0.25 },
      { day: 12, kind: "refunded", payment: "first", share: 0.25 },
      { day: 30, kind: "renewed", payment: "second" },
      { day: 31, kind: "refunded", payment: "second" },
    ],
  },
  pause: {
    about: "a contract is paused, resumed, and runs out",
    steps: [
      ...signUp,
      { day: 20, kind: "paused" },
      { day: 50, kind: "resumed" },
      { day: 60, kind: "renewed", payment: "second" },
      { day: 90, kind: "expired" },
    ],
  },
  disputes: {
    about: "two payments are disputed; one dispute is won, the other lost",
    steps: [
      ...signUp,
      { day: 5, kind: "disputed", payment: "first" },
      { day: 30, kind: "renewed", payment: "second" },
      { day: 35, kind: "disputed", payment: "second" },
      { day: 45, kind: "dispute won", payment: "first" },
      { day: 60, kind: "dispute lost", payment: "second" },
    ],
  },
  "card-checks": {
    about: "cards are checked in every way: by the gateway's own check, and by one unit authorised and voided, once the void first",
    steps: [
      { day: 0, kind: "card checked" },
      { day: 1, kind: "card declined" },
      { day: 2, kind: "authorized", contract: "none", payment: "check", amount: 1 },
      { day: 2, kind: "voided", contract: "none", payment: "check", amount: 1 },
      { day: 9, kind: "authorized", contract: "none", payment: "second check", amount: 1, sentOnDay: 10 },
      { day: 9, kind: "voided", contract: "none", payment: "second check", amount: 1 },
    ],
  },
  order: {
    about: "single orders: one authorised and captured, one authorised and voided, one paid at once and given back",
    steps: [
      { day: 0, kind: "authorized", contract: "none", payment: "first" },
      { day: 1, kind: "captured", contract: "none", payment: "first" },
      { day: 2, kind: "authorized", contract: "none", payment: "second" },
      { day: 3, kind: "voided", contract: "none", payment: "second" },
      { day: 4, kind: "paid", contract: "none", payment: "third" },
      { day: 6, kind: "refunded", contract: "none", payment: "third" },
    ],
  },
  "double-sign-up": {
    about: "a customer signs up twice within minutes and is charged for both contracts; one is cancelled a month later",
    steps: [
      ...signUp,
      { day: 0, kind: "started", contract: "twin" },
      { day: 0, kind: "paid", contract: "twin", payment: "twin first" },
      { day: 30, kind: "renewed", payment: "second" },
      { day: 30, kind: "renewed", contract: "twin", payment: "twin second" },
      { day: 35, kind: "cancelled", contract: "twin" },
    ],
  },
  "charged-after-end": {
    about: "a contract is cancelled, and charged once more a month later",
    steps: [...signUp, { day: 20, kind: "cancelled" }, { day: 30, kind: "renewed", payment: "second" }],
  },
} as const satisfies Readonly<Record<string, Story>>;

export type StoryName = keyof typeof stories;

export const findStory = (name: string): Story | undefined =>
  Object.hasOwn(stories, name) ? (stories as Readonly<Record<string, Story>>)[name] : undefined;

/** The application events of an account as a whole: when it was closed, and reopened. */
import type { ApplicationEntry } from "../../application/both-sides.ts";
import type { ApplicationEvent } from "../../application/event.ts";
import type { Millis } from "../../callback.ts";
import { onceFor } from "../../lazy.ts";

export interface AccountSide {
  readonly id: string;
  /** Closings and reopenings, in the order of time. */
  readonly applicationEvents: readonly ApplicationEntry[];
}

/** @param heard in the order of time */
export const accountsOf = (heard: readonly ApplicationEntry[]): readonly AccountSide[] => {
  const about = heard.filter(({ event }) => event.type === "account.closed" || event.type === "account.reopened");
  return [...Map.groupBy(about, ({ event }) => (event as Extract<ApplicationEvent, { account: string }>).account)].map(
    ([id, applicationEvents]) => ({
      id,
      applicationEvents,
    }),
  );
};

export interface ClosedPeriod {
  readonly from: Millis;
  /** When it was closed once more, without having been reopened. */
  readonly last: Millis;
  readonly to?: Millis;
}

/** Each time in which an account was closed, in the order of time. */
export const closedPeriodsOf = onceFor(({ applicationEvents }: AccountSide): readonly ClosedPeriod[] => {
  const periods: { from: Millis; last: Millis; to?: Millis }[] = [];
  for (const { event } of applicationEvents) {
    const last = periods.at(-1);
    const open = last !== undefined && last.to === undefined ? last : undefined;
    const at = event.occurredAt;
    if (event.type === "account.reopened") {
      if (open) open.to = at;
    } else if (open) open.last = at;
    else periods.push({ from: at, last: at });
  }
  return periods;
});

/** Since when it was closed at that moment; it still is at that of its reopening, and is not yet at that of its closing. */
export const closedSince = (account: AccountSide, moment: Millis): Millis | undefined =>
  closedPeriodsOf(account).find(({ from, to }) => moment > from && (to === undefined || moment <= to))?.from;

/** Whether it is closed now, and was not reopened since. */
export const isClosed = (accounts: readonly AccountSide[], id: string | undefined): boolean =>
  accounts.some((account) => account.id === id && closedPeriodsOf(account).some(({ to }) => to === undefined));

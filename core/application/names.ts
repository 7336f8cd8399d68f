/** What an event of the application names beside its account, each of which leads to that account. */
import type { ApplicationEvent } from "./event.ts";

/** What leads from elsewhere to the account. */
export interface Names {
  readonly source: string;
  readonly account: string;
  readonly contract?: string;
  readonly order?: string;
  readonly charge?: string;
  readonly customer?: string;
}

/** Undefined for what is about an account alone, or about no account. */
export const namesIn = (event: ApplicationEvent): Names | undefined =>
  event.type === "contract.linked" || event.type === "account.closed" || event.type === "account.reopened" ? undefined : event;

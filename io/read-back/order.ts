/** What is read back for one callback, and what came of it. */
import type { VerifiedCallback } from "../../core/callback.ts";
import type { PaymentEvent } from "../../core/event.ts";
import type { CredentialRefused, ReadBackUnavailable, SecretUnreadable } from "../../core/lifecycle/cause.ts";
import type { Page } from "../../core/read-back.ts";

export interface ReadBackOrder {
  readonly callback: VerifiedCallback;
  readonly gateway: string;
  readonly events: readonly PaymentEvent[];
  /** Ends it early: what has no answer by then is unavailable. */
  readonly signal?: AbortSignal;
  /** Milliseconds for this turn: what may not be answered within them is not asked any more. @default as long as it takes */
  readonly timeLeft?: () => number;
  readonly pages?: Pages;
}

/** What is kept of a reading that takes more than one answer. */
export interface Pages {
  /** By name, those of earlier turns. Asked for once, before the first question. */
  read(): Promise<ReadonlyMap<string, Page>>;
  keep(name: string, page: Page): Promise<void>;
}

export type Completed =
  /** What is known now. `lacking` says, for people, what could not be read back and why; the events carry it too. */
  | { readonly kind: "known"; readonly events: readonly PaymentEvent[]; readonly lacking?: string }
  /** The time for this turn is over. What has been read is kept, and the next goes on behind it. */
  | { readonly kind: "partly" }
  | Unavailable;

/** The API gave no usable answer: the record is to be retried. */
export interface Unavailable {
  readonly kind: "unavailable";
  readonly cause: SecretUnreadable | CredentialRefused | ReadBackUnavailable;
}

import type { Millis } from "../callback.ts";

/** What a text says of a moment. */
export interface LocalTime {
  /** What the clocks show, counted as if they showed UTC. */
  readonly local: Millis;
  /** How far they are ahead of UTC, where the text says it. */
  readonly offset?: Millis;
  /** It names a day and no time. */
  readonly isDay: boolean;
}

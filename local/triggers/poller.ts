/** Something that feeds a function until it is stopped. */
export interface Poller {
  /** Takes nothing new, and resolves when what was under way is done. */
  stop(): Promise<void>;
}

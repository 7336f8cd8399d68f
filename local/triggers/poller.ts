/** Something that feeds a function until it is stopped. */
export interface Poller {
  /** Takes nothing new, and resolves when what is in flight is done. */
  stop(): Promise<void>;
}

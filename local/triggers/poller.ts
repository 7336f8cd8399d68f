/** Something that feeds a function until it is stopped. */
export interface Poller {
  /** Takes nothing new, and resolves when what is in flight is done. */
  stop(): Promise<void>;
  /** Resolves once it has looked, after this was called, and has found nothing to do. Not before it is stopped, when there always is. */
  rest(): Promise<void>;
}

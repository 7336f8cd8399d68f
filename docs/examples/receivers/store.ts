/** What a receiver is given: the application's own database. */
import type { PaymentMessage } from "holdfast/message";

export interface Store {
  /**
   * Applies the message and remembers its id in one transaction: both or neither. Does nothing when the id is there already: a message
   * comes again when an answer was lost, and when an operator replays it.
   * @throws when it cannot be done now; nothing has changed then, and Holdfast sends the message again.
   */
  applyOnce(id: string, message: PaymentMessage): Promise<void>;
}

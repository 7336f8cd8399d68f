/** What each type of event means to who receives it. A new type does not compile until it is here. */
import type { EventType } from "../core/event.ts";

export const eventWords: Readonly<Record<EventType, string>> = {
  "charge.authorized": "An amount is reserved. No money has moved.",
  "charge.succeeded": "Money was taken.",
  "charge.failed": "The charge was tried, and no money was taken.",
  "charge.refunded": "Money of a charge was given back, all of it or a part.",
  "charge.voided": "A charge or an authorization was undone. A gateway that does not distinguish them says this of a refund too.",
  "refund.pending": "Money of a charge is to be given back, and has not gone yet.",
  "refund.failed": "A refund that was announced came to nothing, or was taken back: the customer does not have the money.",
  "card.verified": "A card was checked and is good. Not a payment.",
  "card.verification_failed": "A card was checked and declined.",
  "contract.started": "A subscription or agreement began.",
  "contract.renewed": "A further period began.",
  "contract.past_due": "A renewal is not paid. The gateway may try again.",
  "contract.paused": "Nothing is charged for now.",
  "contract.resumed": "Charges go on after a pause or after being past due.",
  "contract.cancelled": "The customer, the merchant or the gateway ended it.",
  "contract.expired": "It ended by itself: its term is over, or the gateway gave up.",
  "contract.replaced": "Another contract, `replacedBy`, lives on in its place.",
  "dispute.opened": "The customer's bank disputes a charge.",
  "dispute.won": "The dispute was decided for the merchant.",
  "dispute.lost": "The dispute was decided for the customer: the bank has given the money back.",
  notice: "The gateway says something that changes neither a payment nor a contract.",
  unknown: "A type that this version of Holdfast does not know; `gatewayType` has the gateway's word. Look before you ignore it.",
};

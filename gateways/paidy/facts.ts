/** What people look up about Paidy. */
import { type GatewayFacts, hour } from "../facts.ts";

export const facts: GatewayFacts = {
  title: "Paidy",
  sources: ["https://paidy.com/docs/en/webhook.html", "https://github.com/shoheitanaka/paidy-wc"],
  confidence: "M",
  proof: "none but the five published source addresses",
  key: "payment_id or token_id, status, and refund_id, capture_id or timestamp",
  headers: [],
  charset: "UTF-8",
  zone: "Asia/Tokyo",
  deadlineSeconds: 10,
  retries: { within: 5 * hour, times: 15, note: "about" },
  announces: "that a payment was authorised, captured, refunded or closed, and states of tokens; never an amount",
  cannotSay: "amounts, the ids of refunds, and whether a closing was a void: read back from the payment",
  sure: { proof: "M 1", key: "M", answers: "M 1", deadline: "M 1", retries: "M 1", announces: "M 2" },
  doubts: [
    "`close_success` is a notice until it has been read back: read as a void it would erase captured money.",
    "No callback carries an amount.",
    "A refund that names only its capture is distinguished from others by its timestamp; its own id has to be read back.",
    "The names of the token events and the 15 retries are second-hand.",
  ],
};

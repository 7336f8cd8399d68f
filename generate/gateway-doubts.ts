/**
 * What is not certain about each gateway, in plain sentences, for the page that `node generate/index.ts gateways` writes. A
 * doubt that has been settled is removed here and in the header of the gateway's file.
 */
export const sharedDoubts: readonly string[] = [
  "An event that names only its payment (refunds of PayPal, Adyen, Stripe and others) stands in the payment's own line of the ledger, not in its contract's.",
  "Where a gateway sends no time with what it tells (GMO Epsilon, Telecom Credit, ZEUS), the time of receipt stands for it, so two callbacks that overtake each other are taken in the order in which they arrived.",
  "A failed renewal is also told as the contract being past due for Lemon Squeezy, fincode's direct debits and Telecom Credit, although they do not say so in those words (low confidence).",
];

export const doubts: Readonly<Record<string, readonly string[]>> = {
  adyen: [
    "Adyen's additional Basic authentication is not checked: it is weaker than the signature.",
    "An authorisation whose `operations` name REFUND and not CAPTURE counts as captured (medium confidence).",
    "Captures and refunds do not name the contract.",
    "A capture that fails later is told as a void, a refund that fails as a refund of nothing, and a cancellation after a partial capture reads as a void of everything.",
    "Amounts in CLP, CVE, IDR and ISK follow Adyen's own table of decimals (IDR and ISK: low confidence).",
    "Notifications sent as forms are taken to sign the same eight fields as JSON (medium confidence).",
    "Whether old accounts still insist on `[accepted]` is not known; with status 200 it satisfies both rules.",
  ],
  braintree: [
    "There is no event id: the hash of the payload is the key, since retries repeat the payload (medium confidence).",
    "A payload that could have been a registration challenge is refused, because whoever asks gets a challenge signed.",
    "A charge renews its contract only when the billing cycle is above 1.",
    "A settlement that is declined is told as a void of the charge told before.",
    "The deadline of 30 seconds and the sandbox's retries of 3 hours are often quoted and not confirmed.",
  ],
  epsilon: [
    "Nothing in a callback is proven. Without `addresses` and `options.contractCode` anybody's notice is accepted.",
    "Only `paid=1` has a known meaning. Retries, deadline, sending addresses and the notices of monthly charges are not public.",
  ],
  fincode: [
    "A cancellation is told as a void whose type is incomplete: it does not say whether money went back, and neither does the API.",
    "Batches of renewals are notices until their payments have been read back.",
    "A subscription that is INCOMPLETE is taken for cancelled: it never was one that could be charged.",
    "The retries (about every 20 minutes, up to 5 times) rest on one source; the deadline is not known.",
  ],
  "gmo-pg": [
    "Nothing is signed. `options.shopId` is required, and is no secret; configure the addresses that GMO gives to its shops.",
    "A payment is known by its AccessID. A monthly carrier charge that keeps one AccessID would count as one payment.",
    "Whether a notice carries RecurringID or MemberID is not confirmed; both are read where they come.",
    "END, ERASE, RUN-END and RUN-CHANGE are read by their names (low confidence).",
    "15 seconds and 5 retries an hour apart come from code that quotes the specification of 2016 to 2018.",
  ],
  hmac: [
    "GET callbacks are not supported.",
    "An id in a header that is not part of `signed` is not proven: whoever replays a callback can change it.",
  ],
  komoju: [
    "Amounts are taken for minor units (medium confidence).",
    "Expired and cancelled payments are voids. A chargeback is a refund and an opened dispute, as KOMOJU tells no more of it.",
    "The schedule of retries and the deadline are not published.",
  ],
  "lemon-squeezy": [
    "The first payment of a subscription is told twice, as an order and as an invoice. Invoices count; `options.orders` set to `charges` turns that round.",
    "There is no event id: the hash of the body is the key.",
    "`refunded_amount` is all that was ever refunded, so the refund told last replaces those before.",
    "The number of retries (three more) is often quoted and not confirmed.",
  ],
  paddle: [
    "A transaction over nothing that tried a payment method is a card check.",
    "A refund that was reversed is told as a refund of nothing; `transaction.past_due` is a notice, since the subscription says so too.",
    "The five seconds of Paddle's own library are kept: a front that delays requests for longer would refuse genuine callbacks.",
  ],
  paidy: [
    "`close_success` is a notice until it has been read back: taken for a void it would erase captured money.",
    "No callback carries an amount.",
    "A refund that names only its capture is told apart from another one by its timestamp; its own id has to be read back.",
    "The names of the token events and the 15 retries are second-hand.",
  ],
  payjp: [
    "Where a capture takes less than was authorised, the rest is read from `amount_refunded` (low confidence).",
    "A failed renewal is taken to be `charge.failed` followed by `subscription.paused` (low confidence).",
    "The token is the same in every callback: whoever sees one can make others.",
  ],
  paypal: [
    "The signature covers no more of the body than its CRC-32, so whoever has seen a genuine callback can make another body for its headers.",
    "Certificates are pinned by the operator; their dates and their chain are not looked at (docs/decisions/0010).",
    "The webhook id `WEBHOOK_ID`, which PayPal's simulator signs with for everybody, is refused.",
    "An authorisation and its capture are two payments with two ids.",
    "A failed payment of a subscription has no id.",
    "That ACCEPTED means lost, and DENIED and RESOLVED_WITH_PAYOUT mean won, is a reading of PayPal's words.",
  ],
  sandbox: [],
  sbps: [
    "The hash has no separators and no time: text can slide from one field into the next, and an old notice never expires. Configure the addresses too.",
    "Amounts are taken to contain the tax (medium confidence), and `OK` for a card counts as paid, although the shop may only authorise (low confidence).",
    "For convenience stores, Pay-easy and bank transfer `OK` is a slip and a notice; `PY` is the payment.",
    "What R02 of Rakuten Pay means is not known.",
    "A monthly notice that carries a tracking_id is taken for a renewal (low confidence): how later months are told is not public.",
    "The hash of XML notices is accepted over Shift_JIS or UTF-8; encrypted XML is not read.",
    "Whether an explicit `NG,` makes SBPS void the purchase is not known, so it is never sent unless you say so.",
  ],
  shopify: [
    "A payment is known by its order. A voided transaction is a notice; that all is void is told by the order.",
    "Topic, event id and time travel in headers that nothing signs.",
    'Deliveries of the newer "events" kind are proven, and their bodies are left unknown.',
    "Whether `X-Shopify-Webhook-Id` survives a retry is told differently by different sources; it is used only where the event id is missing.",
  ],
  square: [
    "An invoice and the payment that paid it share only their order, so `invoice.payment_made` renews the contract without naming the payment.",
    "A subscription that is DEACTIVATED is taken for cancelled.",
    "Retries last 24 hours by one copy of Square's page, 72 hours by an older one.",
  ],
  "standard-webhooks": [
    "Without `options.secretEncoding` a secret may be base64 or plain text; either will do.",
    "Clerk's billing events are a beta: their shapes may change (low confidence).",
    "Polar's `subscription.canceled` ends the contract only when its status says so; the end is `subscription.revoked`.",
  ],
  stripe: [
    "Since API 2025-03-31 an invoice names no payment intent, so its payment is known by `in_...`. Refunds and disputes there know the payment intent only, and stand in a line of their own.",
    "`payment_details.order_reference`, which names the invoice of a payment intent, is in recorded traffic and in no document (medium confidence).",
    "A charge of an invoice is recognised by Stripe's own description of it (low confidence).",
    "`cancel_at_period_end` is a notice: the contract runs on.",
  ],
  "telecom-credit": [
    "The member (`sendid`) is customer and contract in one.",
    "The end of a contract comes without an id and without a time: when a member leaves, returns and leaves again, the second end looks like the first told twice.",
    "52.196.8.0 is taken for one address; one source reads it as a block of 256.",
  ],
  veritrans: [
    "Of `Content-Hmac` only what follows `;v=` is judged, as in VeriTrans's own library; `options.merchantCcid` pins the merchant.",
    "Whether an authorisation was captured at once, it does not say.",
    "That it tries again after anything but 200, and that it knows no other amounts, is an assumption (low confidence).",
  ],
  zeus: [
    "The member (`sendid`) is customer and contract in one, and nothing says what state a contract is in.",
    "A slip's status is read as 01 unpaid, 02 error, 03 expired, 04 paid, 05 sale final, 06 taken back, 11 to 13 the same after a cancellation. Three public sources agree; another calls 05 an expiry.",
    "`successok` or `zeus`: both are in use, so the answer may not be read at all.",
  ],
};

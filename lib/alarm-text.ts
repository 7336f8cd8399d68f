/** What each alarm says to the person it wakes: what happened, what it means for money, what to type. Plain data, no CDK. */

interface Text {
  readonly happened: string;
  readonly money: string;
  /** Commands, which may carry the deployment's name. */
  readonly type: (name: string) => string;
}

const status = () => "npx holdfast status";
const log = (verb: string) => (name: string) => `npx holdfast status; then aws logs tail /aws/lambda/${name}-${verb} --since 15m`;

const texts = {
  "front-failing": {
    happened: "The front answered callbacks with 5xx, and not because they were refused on purpose.",
    money: "Each of them counts as failed at its gateway, which tries again for a while and may then undo the payment or stop sending.",
    type: log("receive"),
  },
  "front-throttled": {
    happened: "The front turned callbacks away with 429, because more came than its throttle lets through.",
    money: "The gateways have to send them again, and one that does not has lost the news of a payment.",
    type: status,
  },
  "receive-failing": {
    happened: "The function that acknowledges callbacks failed or ran out of time.",
    money: "Callbacks it was working on were answered with 5xx, and the payments behind them may be undone by their gateways.",
    type: log("receive"),
  },
  "receive-throttled": {
    happened: "Lambda refused to run the function that acknowledges callbacks, because the account's concurrency is used up.",
    money: "The callbacks were answered with 5xx, and the payments behind them may be undone by their gateways.",
    type: () =>
      "aws lambda get-account-settings; then aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 2000",
  },
  "callback-not-stored": {
    happened: "The table, the spill queue and the bucket all refused a callback, and its gateway was told no.",
    money: "Nothing of it is kept here, so the news of that payment is lost unless the gateway sends it again.",
    type: log("receive"),
  },
  "spill-in-use": {
    happened: "The records table could not be written, and callbacks went to the spill queue or the bucket instead.",
    money: "They are safe and acknowledged, but the application learns of those payments only after the sweep has recorded them.",
    type: log("receive"),
  },
  "spill-not-recovered": {
    happened: "A spilled callback has been waiting for 15 minutes to be recorded.",
    money: "It was acknowledged, so its gateway will not send it again, and in 14 days the queue would lose the only copy.",
    type: log("sweep"),
  },
  "secret-unreadable": {
    happened: "A source's secret could not be read, and its callbacks were acknowledged without proof.",
    money: "They are kept, but nothing is delivered before they can be verified, so the application does not know of those payments.",
    type: () => "npx holdfast doctor; then npx holdfast status",
  },
  "callbacks-unproven": {
    happened: "Callbacks came whose signature, token or address did not prove them.",
    money:
      "Either somebody forges them, which costs nothing, or the secret here is no longer the gateway's, and real payments are being refused.",
    type: log("receive"),
  },
  "relay-late": {
    happened: "New records have been waiting for more than a minute to be passed on to the queue.",
    money: "Callbacks are acknowledged and safe, but the application learns of payments late, by the sweep's next rounds.",
    type: log("relay"),
  },
  "doorbells-late": {
    happened: "A message has been in the delivery queue for more than 20 minutes.",
    money: "The payments it stands for have not reached the application, and later ones of the same contracts wait behind them.",
    type: log("consume"),
  },
  "oldest-unsettled": {
    happened: "A callback that was acknowledged is still not delivered after several minutes, or the sweep no longer measures it.",
    money: "Customers may have paid or cancelled without the application knowing.",
    type: status,
  },
  "application-down": {
    happened: "An application answered none of several deliveries in a row, and deliveries to it are held until it answers again.",
    money: "Payments are acknowledged and kept in order, but the application learns of none of them while this lasts.",
    type: status,
  },
  "record-given-up": {
    happened: "A callback was given up: the application refused it, every attempt failed, or it could not be understood.",
    money: "The application does not know of that payment, and everything later of the same contract waits behind it.",
    type: () => "npx holdfast dead",
  },
  "dead-records": {
    happened: "There are callbacks that were given up and that nobody has dealt with.",
    money: "Their contracts stand still, so charges and cancellations on them do not reach the application.",
    type: () => "npx holdfast dead",
  },
  "dead-letter-queue-not-empty": {
    happened: "The dead-letter queue holds messages.",
    money: "Each stands for a callback that has not reached the application and will not without a person.",
    type: () => "npx holdfast dead",
  },
} satisfies Readonly<Record<string, Text>>;

export type AlarmName = keyof typeof texts;

/** The three sentences of an alarm of that deployment. CloudWatch takes 1,024 characters. */
export const alarmText = (alarm: AlarmName, name: string): string => {
  const { happened, money, type }: Text = texts[alarm];
  return `${happened} ${money} Type: ${type(name)}`;
};

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
    happened: "API Gateway answered callbacks with 5xx, other than rejections on purpose.",
    money: "Their gateways retry for a while, and may then undo the payment or stop sending.",
    type: log("receive"),
  },
  "front-throttled": {
    happened: "Callbacks were answered with 429, because they came faster than the throttle allows.",
    money: "A payment's news is lost if its gateway does not retry.",
    type: status,
  },
  "receive-failing": {
    happened: "The function that acknowledges callbacks failed or timed out.",
    money: "Its callbacks were answered with 5xx, and their gateways may undo the payments.",
    type: log("receive"),
  },
  "receive-throttled": {
    happened: "Lambda did not run the function that acknowledges callbacks, because the account's concurrency is used up.",
    money: "The callbacks were answered with 5xx, and their gateways may undo the payments.",
    type: () =>
      "aws lambda get-account-settings; then aws service-quotas request-service-quota-increase --service-code lambda --quota-code L-B99A9384 --desired-value 2000",
  },
  "callback-not-stored": {
    happened: "The table, the spill queue and the bucket all failed to store a callback, and it was rejected.",
    money: "That payment's news is lost unless the gateway redelivers it.",
    type: log("receive"),
  },
  "spill-in-use": {
    happened: "The records table could not be written, so callbacks went to the spill queue or the bucket.",
    money: "They are stored and acknowledged, but the application learns of those payments only after the sweep has recorded them.",
    type: log("receive"),
  },
  "spill-not-recovered": {
    happened: "A spilled callback has not been recorded for 15 minutes.",
    money: "It was acknowledged, so its gateway will not redeliver it, and the queue deletes the only copy after 14 days.",
    type: log("sweep"),
  },
  "secret-unreadable": {
    happened: "A source's secret could not be read, and its callbacks were acknowledged unverified.",
    money: "They are stored, but not delivered until they can be verified, so the application does not know of those payments.",
    type: () => "npx holdfast doctor; then npx holdfast status",
  },
  "callbacks-unproven": {
    happened: "Callbacks could not be verified by their signature, token or address.",
    money: "Either they are forged, which costs nothing, or the gateway's secret has changed, and real payments are being rejected.",
    type: log("receive"),
  },
  "relay-late": {
    happened: "New records have waited for more than a minute to be passed on to the queue.",
    money: "Callbacks are stored and acknowledged, but the application learns of payments late, through the sweep.",
    type: log("relay"),
  },
  "doorbells-late": {
    happened: "A message has been in the delivery queue for more than 20 minutes.",
    money: "Its payment has not reached the application, and later ones of the same contract wait behind it.",
    type: log("consume"),
  },
  "oldest-unsettled": {
    happened: "An acknowledged callback is still not delivered after several minutes, or the sweep no longer runs.",
    money: "Customers may have paid or cancelled without the application knowing.",
    type: status,
  },
  "application-down": {
    happened: "An application failed several deliveries in a row, and deliveries to it are held until it answers again.",
    money: "Payments are acknowledged and kept in order, but the application learns of none of them until then.",
    type: status,
  },
  "record-given-up": {
    happened: "A callback was dead-lettered: the application refused it, every attempt failed, or it could not be understood.",
    money: "The application does not know of that payment, and later ones of the same contract wait behind it.",
    type: () => "npx holdfast dead",
  },
  "dead-records": {
    happened: "There are dead letters.",
    money: "Their contracts are stuck, so later charges and cancellations do not reach the application either.",
    type: () => "npx holdfast dead",
  },
  "dead-letter-queue-not-empty": {
    happened: "The dead-letter queue holds messages.",
    money: "Each is a callback that has not reached the application and will not until a person acts.",
    type: () => "npx holdfast dead",
  },
} satisfies Readonly<Record<string, Text>>;

export type AlarmName = keyof typeof texts;

/** The three sentences of an alarm of that deployment. CloudWatch takes 1,024 characters. */
export const alarmText = (alarm: AlarmName, name: string): string => {
  const { happened, money, type }: Text = texts[alarm];
  return `${happened} ${money} Type: ${type(name)}`;
};

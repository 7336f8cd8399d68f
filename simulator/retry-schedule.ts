/**
 * When a gateway retries what was not acknowledged: seconds after the attempt before. From the gateways' documents
 * as far as they say (each gateway's facts); where they give a span and a number only, the waits in between are ours.
 */
const second = 1;
const minute = 60;
const hour = 3_600;
const day = 24 * hour;

const every = (wait: number, times: number): readonly number[] => Array.from({ length: times }, () => wait);

/** Each wait twice the one before, as long as all of them fit into the span. */
const doubling = (first: number, span: number): readonly number[] => {
  const waits: number[] = [];
  for (let wait = first, sum = first; sum <= span; wait *= 2, sum += wait) waits.push(wait);
  return waits;
};

/** For gateways that publish no schedule: enough to outlast a restart. */
const unpublished = doubling(minute, 30 * minute);

const schedules: Readonly<Record<string, readonly number[]>> = {
  adyen: [
    ...every(9 * second, 3),
    ...[2 * minute, 5 * minute, 10 * minute, 15 * minute, 30 * minute, hour, 2 * hour, 4 * hour],
    ...every(8 * hour, 88),
  ],
  braintree: every(hour, 24),
  fincode: every(20 * minute, 5),
  "gmo-pg": every(hour, 5),
  "lemon-squeezy": [5 * second, 25 * second, 125 * second],
  paddle: every((3 * day) / 60, 60),
  paidy: every(20 * minute, 15),
  payjp: every(3 * minute, 3),
  paypal: every((3 * day) / 25, 25),
  sandbox: doubling(second, 31 * second),
  // A purchase result is sent once, unless the shop pays for more.
  sbps: [],
  shopify: doubling(56 * second, 4 * hour),
  square: doubling(minute, day),
  "standard-webhooks": [5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 10 * hour],
  stripe: doubling(minute, 3 * day),
  "telecom-credit": every(5 * minute, 36),
  zeus: every(minute, 5),
};

export const retrySchedule = (gateway: string): readonly number[] =>
  Object.hasOwn(schedules, gateway) ? (schedules[gateway] ?? unpublished) : unpublished;

/** A rehearsal does not last for three days: all retries together take this long. */
const rehearsalSeconds = 10;

/** How many seconds of the gateway's one second of ours stands for, so that a story takes seconds. Never stretches. */
export const defaultCompression = (schedule: readonly number[]): number =>
  Math.max(1, schedule.reduce((sum, wait) => sum + wait, 0) / rehearsalSeconds);

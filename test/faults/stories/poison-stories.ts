/** Stories in which a record cannot be taken further, or can and looks as if it could not: each beside others that nothing is wrong with. */

import { recordOf } from "../run/jobs.ts";
import { makeApplicationEvent } from "../sent/application-event.ts";
import { type Callback, makeCallback } from "../sent/callbacks.ts";
import type { Story } from "./story.ts";
import { hearTheApplication, mend, pass, refuse, send, suffer, work } from "./verbs.ts";

const minute = 60_000;

const long = (of: string): string => of.repeat(3_000);
const half = "half a character \ud800";

/** Ids that no key of a table can be made of, in every place where one is: all of these are delivered. */
export const oddIds: readonly Callback[] = [
  makeCallback({ id: "long-contract", contracts: [long("c")] }),
  makeCallback({ id: long("i"), contracts: ["odd"] }),
  makeCallback({ id: "half", contracts: [half], more: { customer: half, order: half } }),
  makeCallback({ id: "long-payment", contracts: [], payment: long("p"), more: { customer: long("u"), order: long("o") } }),
];

/** Nobody can read it, not even its id. */
export const deep = makeCallback({ id: "deep", contracts: ["deep"], nature: "deep" });

const healthy = (id: string, contract = id): Callback => makeCallback({ id, contracts: [contract] });
const large = (id: string, contract: string): Callback => makeCallback({ id, contracts: [contract], nature: "large" });

const early = healthy("early");
const gone = large("gone", "one");
const [tried, waits, altered] = [large("tried", "two"), healthy("waits", "two"), healthy("altered")];
const [late, unread, damaged, last] = [healthy("late"), large("unread", "three"), healthy("damaged"), healthy("last")];

export const poisonStories: readonly Story[] = [
  {
    title: "The bucket takes no bodies",
    about:
      "One that is too large for the table goes to the spill queue, and one whose queue does not answer to the bucket, which takes that; both are recorded once the bucket takes bodies again.",
    async tell(setting) {
      const { outage } = setting.simulation;
      outage.hits = ({ subject }) => subject === "bodies";
      await send(setting, large("to-the-queue", "one"));
      outage.hits = ({ service, subject }) => subject === "bodies" || service === "SQS";
      await send(setting, large("to-the-bucket", "two"));
      outage.hits = () => false;
      await pass(setting, minute);
    },
  },
  {
    title: "Poison in every place",
    about:
      "Bodies are deleted from the bucket, and items altered by hand: before relay, after an attempt, and before the sweep finds them; a callback is nested too deep. Each is a dead letter with its cause, what is behind one waits until that is discarded, and the others are delivered.",
    async tell(setting) {
      await send(setting, early, gone, deep);
      await suffer(setting, "body deleted", gone);
      await work(setting);
      refuse(setting, 503, tried, altered);
      await send(setting, tried, waits, altered);
      await work(setting);
      await suffer(setting, "body deleted", tried);
      await suffer(setting, "progress altered", altered);
      mend(setting);
      await send(setting, late, unread, damaged, last);
      await setting.jobs.loseStream();
      await suffer(setting, "body deleted", unread);
      await suffer(setting, "bytes altered", damaged);
      await pass(setting, 2 * minute);
      await pass(setting, 2 * minute);
      await setting.simulation.run(setting.jobs.discard(recordOf(tried)));
      await pass(setting, minute);
    },
  },
  {
    title: "Ids that cannot be keys",
    about:
      "Contract, payment, customer and order of 3,000 characters or with half a character, and an id of that length; all are delivered, and what the application says under such an id is entered.",
    async tell(setting) {
      hearTheApplication(setting);
      await send(setting, early, ...oddIds, makeApplicationEvent({ id: long("s"), account: "ann", contract: "odd" }));
      await work(setting);
    },
  },
];

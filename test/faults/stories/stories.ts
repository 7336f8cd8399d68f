/**
 * What goes on in the runs that are repeated with every single fault: the happy path, and the ways round it. A story does what it
 * does whatever happens; healing takes care of the rest.
 */

import { consumeAll, relayAll } from "../run/healing.ts";
import { recordOf } from "../run/jobs.ts";
import { makeCallback } from "../sent/callbacks.ts";
import { poisonStories } from "./poison-stories.ts";
import { proofStories } from "./proof-stories.ts";
import type { Story } from "./story.ts";
import { targetStories } from "./target-stories.ts";
import { checkAges, deployResign, deploySigned, failAt, lookForFindings, mend, pass, refuse, send, work } from "./verbs.ts";

const minute = 60_000;

const [first, second, other] = [
  makeCallback({ id: "first", contracts: ["one"] }),
  makeCallback({ id: "second", contracts: ["one"] }),
  makeCallback({ id: "other", contracts: ["two"] }),
];
const notice = makeCallback({ id: "notice", contracts: ["one", "two", "three", "four"] });

export const stories: readonly Story[] = [
  {
    title: "The happy path",
    about: "Two callbacks of one contract and one of another are recorded, acknowledged, relayed, applied and delivered.",
    async tell(setting) {
      await send(setting, first, second, other);
      await work(setting);
    },
  },
  {
    title: "A refund names its payment alone",
    about:
      "It comes before the payment's own callback, which names the contract, and another one after it; the contract's ledger has all three.",
    async tell(setting) {
      const refund = (id: string) => makeCallback({ id, contracts: [], payment: "pay" });
      await send(setting, refund("early"), makeCallback({ id: "sale", contracts: ["one"], payment: "pay" }));
      await work(setting);
      await send(setting, refund("late"));
      await work(setting);
    },
  },
  {
    title: "The sweep checks it",
    about: "A callback has taken the happy path; the sweep a minute later finds nothing to do, and reports that to the alarms.",
    async tell(setting) {
      await send(setting, first);
      await work(setting);
      await pass(setting, 2 * minute);
    },
  },
  {
    title: "The stream is silent",
    about: "Nothing is relayed; the sweep finds what was stored, and rings.",
    async tell(setting) {
      await send(setting, first, second);
      await setting.jobs.loseStream();
      await pass(setting, 3 * minute);
    },
  },
  {
    title: "The queue is long",
    about: "A ring waits in the queue for longer than the grace time; the sweep rings again; what came later stays behind.",
    async tell(setting) {
      const { simulation, jobs } = setting;
      await send(setting, first);
      await relayAll(simulation, jobs);
      jobs.pass(64_000);
      await send(setting, second);
      await relayAll(simulation, jobs);
      await simulation.run(jobs.sweep());
      await consumeAll(simulation, jobs);
    },
  },
  {
    title: "The table cannot be written",
    about: "One callback goes to the spill queue, one to the bucket; recover and the sweep try in vain at first, and then bring both back.",
    async tell(setting) {
      const { outage } = setting.simulation;
      outage.hits = ({ service }) => service === "DynamoDB";
      await send(setting, first);
      await work(setting);
      outage.hits = ({ service }) => service !== "S3";
      await send(setting, other);
      outage.hits = () => false;
      await pass(setting, minute);
    },
  },
  {
    title: "A dead letter, and what waits behind it",
    about:
      "The application rejects a callback permanently; the next of its contract waits; an operator replays it once the application is fixed.",
    async tell(setting) {
      refuse(setting, 422, first);
      await send(setting, first, second);
      await work(setting);
      mend(setting);
      await setting.simulation.run(setting.jobs.replay(recordOf(first)));
      await work(setting);
    },
  },
  {
    title: "A dead letter is discarded",
    about: "The same, but an operator discards it; the sweep wakes what waited.",
    async tell(setting) {
      refuse(setting, 422, first);
      await send(setting, first, second);
      await work(setting);
      await setting.simulation.run(setting.jobs.discard(recordOf(first)));
      mend(setting);
      await pass(setting, minute);
    },
  },
  {
    title: "The application is down for a while",
    about: "It answers 503; the attempts go on in the queue, then by the table's schedule; then it is up again.",
    async tell(setting) {
      refuse(setting, 503, first);
      await send(setting, first, second);
      for (const minutes of [0, 2, 20]) {
        await work(setting);
        setting.jobs.pass(minutes * minute);
      }
      mend(setting);
      await pass(setting, minute);
    },
  },
  {
    title: "What follows a failed attempt",
    about:
      "The application asks for two minutes; what comes within them is in the ledger within seconds, waits behind the attempt, and is delivered after it.",
    async tell(setting) {
      refuse(setting, 429, first);
      await send(setting, first);
      await work(setting);
      await send(setting, second);
      await work(setting);
      setting.jobs.pass(15_000);
      await work(setting);
      mend(setting);
      await pass(setting, 2 * minute);
    },
  },
  {
    title: "Signatures age while the application is down",
    about:
      "It answers 503 for six minutes, and then refuses signatures that are older than five; nothing dies of that, and all is delivered in order once `resign` is deployed.",
    async tell(setting) {
      setting.simulation.application.behave(() => 503);
      await send(setting, first, second, other);
      await work(setting);
      setting.jobs.pass(6 * minute);
      checkAges(setting);
      for (let turns = 0; turns < 3; turns++) await pass(setting, 5 * minute);
      deployResign(setting);
      for (let turns = 0; turns < 3; turns++) await pass(setting, 30 * minute);
    },
  },
  {
    title: "Several events, and the time is over",
    about:
      "A notice about four contracts goes to a signed target: the time is over after two events, the third fails once, and what comes later in one of the contracts waits for the rest.",
    async tell(setting) {
      const { simulation, jobs } = setting;
      deploySigned(setting);
      failAt(setting, `${recordOf(notice)}#3`, { status: 503, times: 1 });
      await send(setting, notice);
      await relayAll(simulation, jobs);
      // Before the turn, before the first event, and after it there is time.
      const short = jobs.consume({ looks: 3 });
      if (short) await simulation.run(short);
      await send(setting, second);
      await work(setting);
      await pass(setting, 2 * minute);
    },
  },
  {
    title: "One of several events is refused",
    about:
      "The third of four is refused permanently; the record is dead, and an operator replays it once the application is fixed: the two that were accepted are not sent again.",
    async tell(setting) {
      deploySigned(setting);
      failAt(setting, `${recordOf(notice)}#3`, { status: 422, times: 1 });
      await send(setting, notice, second);
      await work(setting);
      await setting.simulation.run(setting.jobs.replay(recordOf(notice)));
      await work(setting);
    },
  },
  {
    title: "Given up after five attempts",
    about: "The application answers 503 each time; the record becomes a dead letter, and is replayed once the application is fixed.",
    async tell(setting) {
      refuse(setting, 503, first);
      await send(setting, first);
      for (let attempt = 1; attempt <= 5; attempt++) {
        await work(setting);
        setting.jobs.pass(5 * minute);
      }
      mend(setting);
      await setting.simulation.run(setting.jobs.replay(recordOf(first)));
      await work(setting);
    },
  },
  {
    title: "A target on hold",
    about: "A person holds the target; what comes waits; it is resumed, and released in stored order.",
    async tell(setting) {
      const { simulation, jobs } = setting;
      await simulation.run(jobs.hold());
      await send(setting, first, second);
      await work(setting);
      await simulation.run(jobs.resume());
      await pass(setting, minute);
    },
  },
  {
    title: "One kind of event cannot be taken",
    about:
      "The application answers 500 to every refund and takes the rest; five refunds trip the breaker; a payment is tried, and what waits is released; then refunds are taken too.",
    async tell(setting) {
      const { simulation, jobs } = setting;
      const isRefund = (record: string) => record.includes("refund");
      simulation.application.behave((record) => (isRefund(record) ? 500 : 200));
      await send(setting, ...[1, 2, 3, 4, 5].map((n) => makeCallback({ id: `refund-${n}`, contracts: [`r${n}`] })));
      await work(setting);
      for (const n of [1, 2]) await jobs.send(makeCallback({ id: `payment-${n}`, contracts: [`p${n}`] }));
      await work(setting);
      await pass(setting, minute);
      await pass(setting, 2 * minute);
      mend(setting);
    },
  },
  {
    title: "A body too large for the table",
    about: "Its bytes go to the bucket first, and the record says where they are.",
    async tell(setting) {
      await send(setting, makeCallback({ id: "large", contracts: ["one"], nature: "large" }));
      await work(setting);
    },
  },
  {
    title: "The secret cannot be read",
    about: "A callback is stored unverified, acknowledged, and verified by the sweep when the secret can be read again.",
    async tell(setting) {
      const { secrets } = setting.simulation;
      secrets.readable = false;
      await send(setting, first);
      secrets.readable = true;
      await pass(setting, 2 * minute);
    },
  },
  {
    title: "The ledger does not answer for an hour",
    about: "Callbacks go on coming; none becomes a dead letter, and all are delivered in order once the ledger answers again.",
    async tell(setting) {
      const { outage } = setting.simulation;
      outage.hits = ({ input }) => JSON.stringify(input).includes('-ledger"');
      await send(setting, first, other);
      for (let minutes = 0; minutes < 60; minutes += 2) {
        if (minutes === 30) await send(setting, second);
        await pass(setting, 2 * minute);
      }
      outage.hits = () => false;
      await pass(setting, 2 * minute);
    },
  },
  {
    title: "The ledger refuses one contract for an hour",
    about: "What is to be written about one contract is refused, and everything else accepted; no record is taken for one that crashes.",
    async tell(setting) {
      const { outage } = setting.simulation;
      outage.hits = ({ operation, input }) =>
        ["PutItem", "TransactWriteItems"].includes(operation) && JSON.stringify(input).includes("contract sandbox/one");
      await send(setting, first, second, other);
      for (let minutes = 0; minutes < 60; minutes += 6) {
        await work(setting);
        setting.jobs.pass(6 * minute);
      }
      outage.hits = () => false;
      await pass(setting, 2 * minute);
    },
  },
  {
    title: "A record crashes consume",
    about: "Consume dies whenever it delivers one callback, which becomes a dead letter; no other does.",
    async tell(setting) {
      const { deadly } = setting.simulation;
      deadly.add(recordOf(first));
      await send(setting, first, second, other);
      for (let turns = 0; turns < 12; turns++) {
        await work(setting);
        setting.jobs.pass(6 * minute);
      }
    },
  },
  {
    title: "The same id with other bytes",
    about: "Both are kept and acknowledged; the first one counts, and the sweep makes the other an open conflict.",
    async tell(setting) {
      await send(setting, first, makeCallback({ id: "first", contracts: ["one"], variant: 1 }));
      await work(setting);
      await pass(setting, 2 * minute);
    },
  },
  {
    title: "A conflict is decided",
    about: "The sweep finds the other bytes, and an operator has both delivered: the other becomes a record of its own.",
    async tell(setting) {
      await send(setting, first, makeCallback({ id: "first", contracts: ["one"], variant: 1 }));
      await work(setting);
      await pass(setting, 2 * minute);
      await setting.simulation.run(setting.jobs.decide(recordOf(first), "both"));
      await work(setting);
    },
  },
  {
    title: "Two of one contract wait for their secret",
    about:
      "Both are stored unverified, seconds apart; the sweep verifies them once the secret can be read, and they are delivered in the order they came.",
    async tell(setting) {
      const { secrets } = setting.simulation;
      secrets.readable = false;
      // Their keys would put them in the other order.
      await send(setting, makeCallback({ id: "z-first", contracts: ["one"] }), makeCallback({ id: "a-later", contracts: ["one"] }));
      secrets.readable = true;
      await pass(setting, 2 * minute);
    },
  },
  {
    title: "What is found, and closes itself",
    about:
      "A contract ends and is charged twice anyway, and another one's payment is disputed: two findings with their money. One charge comes back, and the dispute is won: the first is updated, and the other closed.",
    async tell(setting) {
      lookForFindings(setting);
      const about = (id: string, type: string, payment: string) => makeCallback({ id, type, contracts: [], payment, secondsLater: 60 });
      const late = (id: string) => makeCallback({ id, contracts: ["one"], secondsLater: 30 });
      await send(setting, makeCallback({ id: "end", type: "contract.cancelled", contracts: ["one"] }), late("late"), other);
      await work(setting);
      await send(setting, late("later"), about("dispute", "dispute.opened", "charge-other"));
      await work(setting);
      await send(setting, about("refund", "charge.refunded", "charge-late"), about("won", "dispute.won", "charge-other"));
      await pass(setting, 2 * minute);
    },
  },
  {
    title: "A callback that cannot be parsed, and one that is forged",
    about: "The first is acknowledged and becomes a dead letter; the second is rejected and quarantined.",
    async tell(setting) {
      await send(
        setting,
        makeCallback({ id: "odd", contracts: ["one"], nature: "unparseable" }),
        makeCallback({ id: "forged", contracts: ["one"], nature: "forged" }),
      );
      await work(setting);
    },
  },
  ...targetStories,
  ...proofStories,
  ...poisonStories,
];

/** Throws, naming those there are. */
export const findStory = (title: string): Story => {
  const story = stories.find((one) => one.title === title);
  if (!story) throw new Error(`There is no story "${title}". There are: ${stories.map((one) => `"${one.title}"`).join(", ")}.`);
  return story;
};

/** What `npm run generate -- faults` says in sentences; its tables come from the simulation. */
import type { InvariantName } from "../test/faults/invariants/invariants.ts";

export const invariantWords: Readonly<Record<InvariantName, { readonly promises: string; readonly means: string }>> = {
  "I1 acknowledged means durable": {
    promises: "P1",
    means:
      "At every acknowledgement the exact bytes are in the table, the spill queue or the bucket, and from then on always in at least one of them. In the end a record has them.",
  },
  "I2 every record ends, or waits where a person sees why": {
    promises: "P4",
    means:
      "Delivered, ignored by rule, discarded, dead with a letter, or waiting behind one that is; in an index while it is not settled. `delivered` means that the application acknowledged it.",
  },
  "I3 one effect per event in the ledger": {
    promises: "P3, P5",
    means:
      "The ledger has exactly the events of the recorded callbacks: none missing, none twice, none from elsewhere, none with another amount.",
  },
  "I4 deliveries of a contract come in stored order": {
    promises: "P6",
    means:
      "Before the first delivery of a record, all that were stored before it in its contract were accepted by the application, or discarded by an operator.",
  },
  "I5 a rejection means that every store has failed, and the next answer is an acknowledgement": {
    promises: "P2",
    means: "A genuine callback is rejected only after table, spill queue and bucket were tried, and acknowledged in the end.",
  },
  "I6 replaying everything twice changes nothing": {
    promises: "P7",
    means: "Not one entry of the ledger is added, removed or changed.",
  },
  "I7 nothing passes a dead letter or a hold of its contract": {
    promises: "P6",
    means: "When a record looked at its contract's line before its first delivery, no earlier record was in it.",
  },
  "I8 what is not verified reaches neither ledger nor application": {
    promises: "P8",
    means: "A forged callback is never delivered, never recorded as verified, and never applied to the ledger.",
  },
  "I9 every delivery is the callback's own bytes under the record's one id": {
    promises: "P7",
    means: "However often it is delivered, with the same `Idempotency-Key`, which no other record has.",
  },
  "I10 a record's progress is never undone": {
    promises: "P4, P5",
    means: "Every change builds on the one before it, an epoch never falls, and only an operator reopens what is settled.",
  },
  "I11 a resend is not swallowed by the queue": {
    promises: "P4, P7",
    means: "Within SQS's five minutes of deduplication a doorbell of the sweep or of a replay still arrives.",
  },
  "I12 a dead record has its letter, and a letter its dead record": {
    promises: "P4",
    means: "The dead-letter queue and the table agree.",
  },
  "I13 attempts are counted one by one, as they are made": {
    promises: "P4",
    means: "Never more than were made, one more for each that failed, never fewer than before until an operator replays it.",
  },
  "I14 a record is given up as crashing only after consume has died five times": {
    promises: "P4",
    means: "Stores that refuse, for a minute or an hour, one key or all, make no dead letter.",
  },
  "I15 one record never keeps the others of its target waiting": {
    promises: "P4",
    means: "The circuit breaker tries no record twice while another waits that could go, has failed less often, and is not tried.",
  },
  "I16 a conflict is open until an operator's decision is carried out": {
    promises: "P4",
    means:
      "What came under a known id with other bytes is in the index from which operators see it, or closed by a decision; what was to be delivered is a record.",
  },
  "I17 what is verified late is delivered in the order it came": {
    promises: "P6",
    means: "Of one contract, and once the secret can be read again, whatever the ids are and however the sweep finds them.",
  },
  "I18 nothing dies of its signature's age": {
    promises: "P4",
    means: "What an application refuses because its signature is too old waits, and is delivered once it is signed again.",
  },
  "I19 of several events each is sent until it is accepted": {
    promises: "P4, P7",
    means: "None is skipped, and only what was in flight when the time was over or the process died is sent again.",
  },
  "I20 what rings is handed out within seconds, whatever becomes of those before it": {
    promises: "P5",
    means: "The ledger learns of what follows a failed attempt; only a turn that cannot be ended keeps what follows it back.",
  },
  "I21 what is kept as a finding is what the ledger makes one": {
    promises: "P4, P5",
    means:
      "Where findings are looked for: those open in the end are the ones that core/findings computes from all of the ledger, each once and with its money; none missing, none left over.",
  },
  "I22 what is found is rung for, whatever else is found": {
    promises: "P4",
    means:
      "Whatever the sweep or the release gives a new epoch it rings for: one record that cannot be taken further leaves no other silent.",
  },
  "I23 only what is poisoned dies of itself": {
    promises: "P4",
    means: "What is given up for its content is a callback that means nothing, or one whose items were destroyed, and never one beside it.",
  },
  "I24 what is released from quarantine is delivered in the order it came": {
    promises: "P6",
    means: "Of one contract, and of one release.",
  },
  "I25 the trouble of one target is nothing to another": {
    promises: "P4",
    means:
      "Where there are two: nothing waits for the other's hold, and while nothing is wrong with a target, what is handed out for it is delivered in that turn.",
  },
  "I26 a release goes no faster than an operator allows": {
    promises: "P4",
    means: "From the resumption on, and a second's worth ahead.",
  },
  "I27 what is erased stays erased": {
    promises: "P3",
    means:
      "Once an erasure has come to its end, nothing in the tables names the person, whatever is redelivered, rung for or replayed; the audit trail has a hash.",
  },
};

export const howItIsDone: readonly string[] = [
  "**The real thing.** The functions, the steps and the AWS SDK are the product's own. Tables and bucket are emulators; the three queues are a model of what SQS documents (five minutes of deduplication, visibility, groups that are locked, several of a group in one batch) that answers the SDK's own requests; the application is an HTTP server. Clock, chance and scheduling are the simulator's, so that a run can be repeated exactly.",
  "**Faults are injected where the SDK sends**, below its own retries and time limits. So a lost answer is a lost answer: the write is done, the connection breaks, and the SDK does what it does.",
  "**Everything is recorded**: what was sent, answered, stored, reported, rung, delivered. The invariants read that trace and the final stores, and nothing else: they share no code with what they check. I21 alone does: it applies the pure function of findings anew.",
  "**Every story is healed before it is checked.** The gateway redelivers what was not acknowledged, time passes, the sweep and the release run, until the system is idle; what never becomes idle is a violation. Then an operator replays the dead letters, and in the thorough stories everything is replayed twice.",
  "**Single faults, all of them.** A story runs once without faults; then once for each point at which something can go wrong and each thing that can go wrong there.",
  "**Random stories.** fast-check draws up to 24 steps (gateway, relay, consume, sweep, release, operators' commands, passing time, outages, restarts, accidents that destroy what is stored, some of them side by side with their calls interleaved) from eighteen callbacks for two targets (a notice about two contracts, a second set of bytes under one id, one that cannot be parsed, one that is nested too deep, one forged, one too large for the table, ids that no key can be made of), each step hit by a fault or not. A failure is shrunk to the shortest story that still fails.",
  "**Operators' commands against a model.** `test/faults/operator-model/operator-model.test.ts` draws holding, resuming, releasing, replaying and discarding, side by side with arrivals, and compares what is delivered with a model of fifty lines that knows no product code.",
  "**Mutants.** The product is broken on purpose, and the invariant that guards the promise has to catch it: a net that catches nothing proves nothing.",
];

export const notProven: readonly string[] = [
  "AWS itself. DynamoDB and S3 are emulators, SQS is a model; what AWS does beyond its documentation is not in them. Throttling, lost answers and conflicts are injected as the SDK sees them, with the services' own errors.",
  "API Gateway, the stream's and the queue's event source mappings, IAM and KMS. The simulator hands batches over by the documented rules; `test/lib` checks what is deployed, `test/local` the local stack as a whole.",
  "More than one fault in the same story, except in random stories, which are a sample.",
  "Scale. A story has at most ten callbacks, and `test/faults/stories/rates.test.ts` some forty, at a rate; what throttles only at a thousand a second does not show here.",
  "Faults inside a process: memory that runs out, a clock that jumps within one invocation. A process dies here between two calls.",
  "Loss of an acknowledged write by the store itself: all three stores are assumed to keep what they have acknowledged.",
  "Reading back from a gateway's API, signatures of gateways, the day's digest, and comparisons with exports: they have their own tests; the simulation uses the sandbox gateway, and a queue, a function and a bus that take what they are given.",
  "The order behind a record whose bytes were destroyed before its progress names its contracts: nobody knows any more behind what to wait. It is a dead letter.",
  "The order of a record of several contracts against one whose first delivery is in flight at the same moment, which is not promised (docs/architecture.md).",
];

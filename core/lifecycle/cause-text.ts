/** Each cause as a sentence, and what an operator can do about it: the one table of both, which the compiler keeps complete. */
import { isoTime } from "../formats/iso-time.ts";
import type { RecordKey } from "../record.ts";
import type { Cause, Part } from "./cause.ts";

export interface Remedy {
  readonly advice: string;
  /** What follows `holdfast`. */
  readonly command?: readonly string[];
}

/** The record whose cause it is. */
export interface Subject {
  readonly key: RecordKey;
  readonly source: string;
  readonly contracts: readonly string[];
}

interface CauseText<Kind extends Cause> {
  /** What causes with the same remedy have in common. A part of the sentence, so that `--reason` finds them. */
  readonly group: (cause: Kind) => string;
  readonly sentence: (cause: Kind) => string;
  readonly remedy: (cause: Kind, of: Subject) => Remedy;
  /** Whether the sentence quotes what others have written, which may be card data. */
  readonly quotes: boolean;
}

/** Most sentences are their group, plus what differs from record to record. These are ours alone. */
const own = <Kind extends Cause>(
  group: (cause: Kind) => string,
  remedy: (cause: NoInfer<Kind>, of: Subject) => Remedy,
  detail?: (cause: NoInfer<Kind>) => string,
): CauseText<Kind> => ({
  group,
  remedy,
  sentence: (cause) => (detail ? `${group(cause)}${detail(cause)}` : group(cause)),
  quotes: false,
});

/** The same, of a sentence that quotes an application, a gateway, AWS or a person. */
const quoting = <Kind extends Cause>(...parts: Parameters<typeof own<Kind>>): CauseText<Kind> => ({ ...own(...parts), quotes: true });

const thenReplay =
  (advice: string) =>
  (_: Cause, { key }: Subject): Remedy => ({ advice, command: ["replay", key, "--yes"] });

const soon = (_: Cause, { key }: Subject): Remedy => ({
  advice: "It is picked up within seconds, or by the sweep within two minutes. To look again:",
  command: ["show", key],
});

const sendAfterAll = thenReplay("An operator discarded it. To deliver it anyway:");

type CauseKind = Cause["kind"];

/** In this form the compiler sees that an entry of the table fits the cause whose kind it is looked up by. */
type CauseOf<Kind extends CauseKind = CauseKind> = {
  [One in Kind]: Extract<Cause, { readonly kind: One }> & { readonly kind: One };
}[Kind];

export const causeTexts: { readonly [Kind in CauseKind]: CauseText<CauseOf<Kind>> } = {
  behind: {
    group: () => "behind another record of the same contract",
    sentence: ({ key }) => `behind ${key} of the same contract`,
    remedy: ({ key }) => ({
      advice: "It is delivered in its turn, once the record before it is settled. To see that record:",
      command: ["show", key],
    }),
    quotes: false,
  },
  "contract held": {
    group: () => "the contract is held",
    sentence: ({ contract, why }) => `the contract ${contract} is held: ${why}`,
    remedy: ({ contract }, { source }) => ({
      advice: "It is delivered once the hold on its contract is lifted. To lift it:",
      command: ["resume", `${source}/${contract}`],
    }),
    quotes: true,
  },
  "target held": quoting(
    ({ target, by }) => `the target ${target} is held by ${by}`,
    ({ target }) => ({
      advice: `It is delivered in its turn, once the hold on target ${target} is lifted. The circuit breaker lifts itself; for an operator's hold:`,
      command: ["resume", target],
    }),
    ({ why, last }) => `: ${why}${last ? `; its own last attempt: ${sentenceOf(last)}` : ""}`,
  ),
  answered: quoting(
    ({ status }) => `answered ${status}`,
    thenReplay("The application failed until the attempts were used up: make sure it answers, then replay."),
    ({ status, answer, part }) => `${afterStatus(status, answer)}${partText(part)}`,
  ),
  "refused early": quoting(
    ({ status }) => `the application refused it, perhaps too early: answered ${status}`,
    (_, { key }) => ({
      advice:
        "The order that it is about may not be written yet. It is retried until its target's refusalGraceSeconds are over, and is then a dead letter. To look again:",
      command: ["show", key],
    }),
    ({ status, answer, part }) => `${afterStatus(status, answer)}${partText(part)}`,
  ),
  "function failed": quoting(
    () => "the function did not take it",
    thenReplay("The function failed until the attempts were used up: read its log, make sure it works, then replay."),
    ({ answer, part }) => `: ${answer}${partText(part)}`,
  ),
  "no answer": quoting(
    () => "no answer",
    thenReplay("The application did not answer until the attempts were used up: make sure it answers, then replay."),
    ({ detail, part }) => `: ${detail}${partText(part)}`,
  ),
  "secret unreadable": {
    group: ({ secret }) => secret,
    sentence: ({ detail }) => detail,
    remedy: thenReplay("Make the secret readable (`npx holdfast doctor`), then replay."),
    quotes: false,
  },
  "signature too old": quoting(
    () => "the application refused a signature that is too old",
    (_, { key }) => ({
      advice:
        'The gateway signed it when it happened, and the application\'s library checks the time. Set `resign: true` on the target and deploy: it is then signed again whenever it is sent, and goes out automatically within six hours. At once, all of them in stored order: `npx holdfast replay --state scheduled --reason "signature"`. This one:',
      command: ["replay", key, "--yes"],
    }),
    ({ status, answer, ageSeconds, toleranceSeconds }) =>
      `: ${ageSeconds} s, where ${toleranceSeconds} s are accepted; answered ${status}${afterStatus(status, answer)}`,
  ),
  "target unusable": quoting(
    ({ place }) => `the target ${place} cannot be used`,
    thenReplay(
      "It is missing, or Holdfast may not use it. Correct the target's `arn` and deploy, or have its owner allow it: the resource's own policy in another account, its key's policy where it has a key of its own. It then goes out automatically within a quarter of an hour, or at once:",
    ),
    ({ detail }) => `: ${detail}`,
  ),
  "credential refused": own(
    ({ host, status }) => `${host} does not accept the credential (${status}); put the right one into the secret`,
    thenReplay("Put the right credential of the gateway's API into the secret, then replay."),
  ),
  "read-back unavailable": quoting(
    () => "the gateway's API cannot be read",
    thenReplay("The gateway's API did not answer until the attempts were used up: check whether it does now, then replay."),
    ({ detail }) => `: ${detail}`,
  ),
  "body unreadable": quoting(
    () => "its bytes cannot be read from the bucket",
    thenReplay("They are large and are in the bucket: make sure that it exists and that its role may read it, then replay."),
    ({ detail }) => `: ${detail}`,
  ),
  "body gone": quoting(
    () => "its bytes are gone from the bucket",
    thenReplay("They were deleted or overwritten: restore the object's former version in the bucket, then replay."),
    ({ detail }) => `: ${detail}`,
  ),
  erased: {
    group: () => "erased on a person's request",
    sentence: ({ at }) => `erased on a person's request, ${isoTime(at).slice(0, 10)}`,
    remedy: () => ({
      advice: "Its bytes are gone for good. The ledger keeps its amounts, times and numbers; the audit trail says who erased it, and why.",
    }),
    quotes: false,
  },
  "not storable": quoting(
    () => "the ledger table refuses what is to be written about it",
    thenReplay(
      "Something in it is larger than the table can hold, or in a form that it cannot: have it fixed in Holdfast or in the gateway's folder, deploy, then replay.",
    ),
    ({ detail }) => `: ${detail}`,
  ),
  "target not configured": own(
    ({ target }) => (target === "" ? "its source is not configured any more" : `the target ${target} is not configured`),
    thenReplay("Put it back into the configuration, deploy, then replay."),
  ),
  "forbidden address": {
    group: () => "is a private, loopback or link-local address",
    sentence: ({ address }) => `${address} is a private, loopback or link-local address`,
    remedy: thenReplay("Correct the target's url, or list the address in its allowAddresses; deploy, then replay."),
    quotes: false,
  },
  "cannot be sent": quoting(
    () => "it cannot be sent",
    thenReplay("Correct the target's configuration, deploy, then replay."),
    ({ detail }) => `: ${detail}`,
  ),
  "too large for its target": own(
    () => "it is too large for its target",
    thenReplay("Give its source a target that takes it, which an `http` target does, deploy, then replay."),
    ({ bytes, most }) => `: ${bytes} bytes, where ${most} are accepted`,
  ),
  refused: quoting(
    ({ status }) => `the application refused it: answered ${status}`,
    ({ part }, { key }) => ({
      advice: `The application's answer means that a retry is pointless: fix the application, then replay.${part ? " The events that it has accepted are not sent again." : ""}`,
      command: ["replay", key, "--yes"],
    }),
    ({ status, answer, part }) => `${afterStatus(status, answer)}${partText(part)}`,
  ),
  "function refused": quoting(
    () => "the function refused it",
    thenReplay("The function's answer means that a retry is pointless: fix the function, then replay."),
    ({ answer, part }) => `: ${answer}${partText(part)}`,
  ),
  "given up": {
    group: ({ attempts, last }) => `given up after ${attempts} attempts: ${groupOfCause(last)}`,
    sentence: ({ attempts, last }) => `given up after ${attempts} attempts: ${sentenceOf(last)}`,
    remedy: ({ last }, of) => remedyFor(last, of),
    quotes: true,
  },
  unintelligible: quoting(
    () => "cannot be parsed",
    ({ by }, { key }) =>
      by === "application"
        ? {
            advice:
              "The application has to send it again, corrected, under another id (docs/application.md has the vocabulary); nothing of this one is in the ledger. If the configuration lacks the source it names, add that, deploy, and replay. Else, when it is sent again:",
            command: ["discard", key, "--why", "sent again, corrected"],
          }
        : {
            advice: "The gateway's folder in gateways/ does not understand these bytes: fix it, deploy, then replay.",
            command: ["replay", key, "--yes"],
          },
    ({ detail }) => `: ${detail}`,
  ),
  "gateway not deployed": own(
    ({ gateway }) => `the gateway ${gateway} is not part of this deployment`,
    thenReplay("Put it back into the configuration, deploy, then replay."),
  ),
  "not genuine": quoting(
    () => "acknowledged while its secret could not be read, and not genuine",
    thenReplay(
      'Its sender is not the gateway, or the secret was wrong: check the secret, then replay to verify it again, or all of them with `npx holdfast replay --state ignored --reason "not genuine"`.',
    ),
    ({ detail }) => `: ${detail}`,
  ),
  crashed: own(
    () => "consume or the sweep crashed on it repeatedly; see their logs",
    thenReplay("Read the logs of the functions consume and sweep; when the cause is fixed, replay."),
  ),
  "to be verified": own(() => "replayed: to be verified again", soon),
  woken: own(() => "its turn has come", soon),
  released: own(({ target }) => `the hold on the target ${target} is being released`, soon),
  replayed: own(() => "replayed", soon),
  "partly read back": {
    ...own(() => "it is being read back", soon),
    sentence: ({ pages }) => `it is being read back, ${pages} ${pages === 1 ? "page" : "pages"} so far`,
  },
  "partly delivered": {
    ...own(() => "the target has accepted some of its events", soon),
    sentence: ({ accepted, of }) => `the target has accepted some of its events, ${accepted} of ${of}; the others follow`,
  },
  "no event wanted": own(
    () => "the target ignores all of its events",
    thenReplay("Nothing is left to do. If it was ignored by mistake, correct `ignore` in the configuration, deploy, and:"),
  ),
  "entered only": own(
    () => "the application's own word: entered into the ledger, and delivered nowhere",
    thenReplay("Nothing is left to do. To enter it again:"),
  ),
  "entered from an export": {
    group: () => "found in an export, and not delivered",
    sentence: ({ whyNot }) =>
      whyNot === "no callback"
        ? "found in an export, and not delivered: its target takes callbacks, and there is none"
        : "found in an export, and not delivered: nobody asked for that",
    remedy: ({ whyNot }, { key }) =>
      whyNot === "no callback"
        ? {
            advice:
              "Nothing is left to do here. Its target takes the gateway's own callbacks: enter into the application by hand what it has to know.",
          }
        : { advice: "Nothing is left to do. To have it delivered:", command: ["replay", key, "--yes"] },
    quotes: false,
  },
  "other mode": own(
    ({ says }) => (says === "test" ? "a test, and its source is not for tests" : "a real payment's, and its source is for tests"),
    thenReplay("Nothing is left to do. If the source is for these, correct its `mode` in the configuration, deploy, and:"),
  ),
  "recorded before": {
    group: ({ hasOtherContent }) => (hasOtherContent ? "another content under the id of a record" : "recorded before"),
    sentence: ({ as, hasOtherContent }) =>
      hasOtherContent ? `another content under the id of a record, ${as}` : `recorded before, under its former key ${as}`,
    remedy: ({ as, hasOtherContent }) =>
      hasOtherContent
        ? { advice: "Nothing is left to do here. To compare both, and decide which is delivered:", command: ["conflicts", "show", as] }
        : { advice: "Nothing is left to do here. To see the record:", command: ["show", as] },
    quotes: false,
  },
  "retention over": own(
    () => "the record's retention time is over",
    () => ({ advice: "Its bytes are gone. The ledger keeps what they said." }),
  ),
  "verified late": {
    group: () => "verified late, and recorded under its own key",
    sentence: ({ as }) => `verified late, and recorded as ${as}`,
    remedy: ({ as }) => ({ advice: "Nothing is left to do here. To see the record it became:", command: ["show", as] }),
    quotes: false,
  },
  "discarded by": {
    group: ({ by }) => `discarded by ${by}`,
    sentence: ({ by, why }) => `${why} (${by})`,
    remedy: sendAfterAll,
    quotes: true,
  },
  "released from quarantine": {
    group: () => "released from quarantine",
    sentence: ({ as }) => `released, and recorded as ${as}`,
    remedy: ({ as }) => ({ advice: "Nothing is left to do here. To see the record it became:", command: ["show", as] }),
    quotes: false,
  },
  "as recorded": {
    group: ({ sentence }) => sentence,
    sentence: ({ sentence }) => sentence,
    remedy: thenReplay("Find and fix the cause, then replay."),
    quotes: true,
  },
};

const partText = (part: Part | undefined): string =>
  part ? `; event ${part.event}, after ${part.accepted} of ${part.of} were accepted` : "";

/** An answer begins with its status. */
const afterStatus = (status: number, answer: string): string =>
  answer.startsWith(String(status)) ? answer.slice(String(status).length) : ` ${answer}`;

export const sentenceOf = <Kind extends CauseKind>(cause: CauseOf<Kind>): string => textOf(cause).sentence(cause);
export const groupOfCause = <Kind extends CauseKind>(cause: CauseOf<Kind>): string => textOf(cause).group(cause);
export const remedyFor = <Kind extends CauseKind>(cause: CauseOf<Kind>, of: Subject): Remedy => textOf(cause).remedy(cause, of);
export const quotesOthers = <Kind extends CauseKind>(cause: CauseOf<Kind>): boolean => textOf(cause).quotes;

const textOf = <Kind extends CauseKind>(cause: CauseOf<Kind>): CauseText<CauseOf<Kind>> => causeTexts[cause.kind];

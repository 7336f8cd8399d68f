/**
 * Why a record waits, was tried in vain, was given up or ended: data. `cause-text.ts` says each in a sentence, and what an operator can do;
 * nothing decides by the sentence. Kinds are kept in the table: a kind may be added, and never comes to mean something else.
 */
import type { Mode } from "../mode.ts";
import type { RecordKey } from "../record.ts";

type Of<Kind extends string, Data = object> = { readonly kind: Kind } & Readonly<Data>;

/** Another record of the contract is before it. */
export type Behind = Of<"behind", { key: RecordKey; contract: string }>;
export type ContractHeld = Of<"contract held", { contract: string; why: string }>;
/** By an operator, or by the circuit breaker. `last`: why its own last attempt failed, where it had one. */
export type TargetHeld = Of<"target held", { target: string; by: string; why: string; last?: FailureCause }>;

/** Of a record of which several events are sent: the one it is about, and how many the target had accepted by then. */
export interface Part {
  readonly event: string;
  readonly accepted: number;
  readonly of: number;
}

/** The application's answer was not a 2xx. `answer` begins with the status, and is cut short. */
export type Answered = Of<"answered", { status: number; answer: string; part?: Part }>;
/** Refused, and perhaps only too early. `since`: the first such answer in a row. */
export type RefusedEarly = Of<"refused early", { status: number; answer: string; since: number; part?: Part }>;
/** A function that threw, ran out of time, or asked to be called later. `answer` is what it said, cut short. */
export type FunctionFailed = Of<"function failed", { answer: string; part?: Part }>;
/** Connection refused or reset, DNS, time-out. */
export type NoAnswer = Of<"no answer", { detail: string; part?: Part }>;
/** `detail` is a whole sentence: the secret cannot be read, or holds nothing that can be used. */
export type SecretUnreadable = Of<"secret unreadable", { secret: string; detail: string }>;
/** Passed through as it came, and refused when it was older than the gateway's own library accepts. */
export type SignatureTooOld = Of<"signature too old", { status: number; answer: string; ageSeconds: number; toleranceSeconds: number }>;
/** In AWS, and missing, or not to be used by us. `place` is its ARN; `detail` is what AWS said. */
export type TargetUnusable = Of<"target unusable", { place: string; detail: string }>;
/** The gateway's API does not accept the credential to read back with. */
export type CredentialRefused = Of<"credential refused", { host: string; status: number }>;
/** The gateway's API did not answer as an API does. */
export type ReadBackUnavailable = Of<"read-back unavailable", { detail: string }>;

/** Its bytes are in the bucket, which does not return them. */
export type BodyUnreadable = Of<"body unreadable", { detail: string }>;
/** They are there no longer, or are not what was put there. */
export type BodyGone = Of<"body gone", { detail: string }>;
/** On a person's request, with all that an application or an operator has said about it. */
export type Erased = Of<"erased", { at: number }>;
/** Why a record is there without its bytes. */
export type Bodiless = BodyUnreadable | BodyGone | Erased;
/** The ledger table refuses what is to be written about it, and will refuse it again. */
export type NotStorable = Of<"not storable", { detail: string }>;

export type TargetNotConfigured = Of<"target not configured", { target: string }>;
export type ForbiddenAddress = Of<"forbidden address", { address: string }>;
/** What Node refuses to send it will refuse again. */
export type CannotBeSent = Of<"cannot be sent", { detail: string }>;
/** The service that the target is in takes no message of that size. */
export type TooLargeForTarget = Of<"too large for its target", { bytes: number; most: number }>;
/** An answer that says that another attempt is pointless. */
export type Refused = Of<"refused", { status: number; answer: string; part?: Part }>;
/** A function that returned a refusal. */
export type FunctionRefused = Of<"function refused", { answer: string; part?: Part }>;
export type GivenUp = Of<"given up", { attempts: number; last: FailureCause }>;
/** `by`: the application's own word, which no change of ours makes intelligible. Else a gateway's. */
export type Unintelligible = Of<"unintelligible", { detail: string; by?: "application" }>;
export type GatewayNotDeployed = Of<"gateway not deployed", { gateway: string }>;
/** Acknowledged while its secret could not be read, and found not to be genuine when it could. Ended by rule; older versions made it dead. */
export type NotGenuine = Of<"not genuine", { detail: string }>;
/** Consume or the sweep crashed on it repeatedly: its turns began and did not end. */
export type Crashed = Of<"crashed">;

/** Replayed, but not verified yet. */
export type ToBeVerified = Of<"to be verified">;

/** The one before it is settled, or its time has come. */
export type Woken = Of<"woken">;
/** The hold on its target is being released. */
export type Released = Of<"released", { target: string }>;
export type Replayed = Of<"replayed">;
/** The invocation's time was over: the rest is read when its turn comes again. */
export type PartlyReadBack = Of<"partly read back", { pages: number }>;
/** The invocation's time was over, or its target was held: the other events are sent when its turn comes again. */
export type PartlyDelivered = Of<"partly delivered", { accepted: number; of: number }>;

export type NoEventWanted = Of<"no event wanted">;
/** What the application says of its own side. */
export type EnteredOnly = Of<"entered only">;
/** Found in an export, with no callback: the operator did not ask for its delivery, or its target takes callbacks only. */
export type EnteredFromExport = Of<"entered from an export", { whyNot: "not asked for" | "no callback" }>;
/** A test at a source for real payments, or the reverse. `says`: what the callback is. */
export type OtherMode = Of<"other mode", { says: Mode }>;
/** What is there already under the key that its id had before ids were hashed. `hasOtherContent`: as a conflict, which an operator decides. */
export type RecordedBefore = Of<"recorded before", { as: RecordKey; hasOtherContent?: true }>;
export type RetentionOver = Of<"retention over">;
export type VerifiedLate = Of<"verified late", { as: RecordKey }>;
export type DiscardedBy = Of<"discarded by", { by: string; why: string }>;
export type ReleasedFromQuarantine = Of<"released from quarantine", { as: RecordKey }>;

/** Written by a version that kept sentences. */
export type AsRecorded = Of<"as recorded", { sentence: string; answer?: string }>;

/** What the next attempt may overcome. */
export type FailureCause =
  | Answered
  | RefusedEarly
  | FunctionFailed
  | NoAnswer
  | SecretUnreadable
  | SignatureTooOld
  | TargetUnusable
  | CredentialRefused
  | ReadBackUnavailable
  | BodyUnreadable
  | AsRecorded;
/** What is not an attempt, and no reason to give up: it can be delivered once an operator has changed something. */
export type DeferCause = SecretUnreadable | SignatureTooOld | TargetUnusable;
/** What no attempt overcomes until something is changed. */
export type Undeliverable = TargetNotConfigured | ForbiddenAddress | CannotBeSent | TooLargeForTarget;

/** What keeps a record from being taken further at all. */
export type SetAsideCause = BodyUnreadable | BodyGone | NotStorable | Crashed;

export type UnverifiedCause = SecretUnreadable | ToBeVerified | AsRecorded;
export type ReadyCause = Woken | Released | Replayed | PartlyReadBack | PartlyDelivered | AsRecorded;
export type WaitCause = Behind | ContractHeld | TargetHeld | AsRecorded;
export type DeathCause =
  | Refused
  | FunctionRefused
  | Undeliverable
  | GivenUp
  | Unintelligible
  | GatewayNotDeployed
  | NotGenuine
  | SetAsideCause
  | AsRecorded;
export type IgnoredCause =
  | NoEventWanted
  | EnteredOnly
  | EnteredFromExport
  | OtherMode
  | RecordedBefore
  | NotGenuine
  | RetentionOver
  | VerifiedLate
  | Erased
  | AsRecorded;
export type DiscardedCause = DiscardedBy | ReleasedFromQuarantine | Erased | AsRecorded;

export type Cause = UnverifiedCause | ReadyCause | FailureCause | WaitCause | DeathCause | IgnoredCause | DiscardedCause;

/**
 * The cause as it leaves the table: the event that it is about is named by its place among the record's, because the id can be made of a
 * customer's order and payment numbers.
 */
export const withoutEventId = <Kind extends Cause>(cause: Kind): Kind => {
  const last = lastIn(cause);
  if (last) return { ...cause, last: withoutEventId(last) };
  const part = "part" in cause ? cause.part : undefined;
  return part ? { ...cause, part: { ...part, event: `#${part.accepted + 1}` } } : cause;
};

/** The application's last answer, where the cause has one. */
export const answerIn = (cause: Cause): string | undefined => {
  const last = lastIn(cause);
  if (last) return answerIn(last);
  return "answer" in cause ? cause.answer : undefined;
};

/** The last attempt's cause, where one cause quotes another. Found by its field, so that a kind added later is not overlooked. */
const lastIn = (cause: Cause): FailureCause | undefined => ("last" in cause ? cause.last : undefined);

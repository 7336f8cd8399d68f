/** Each event of the state machine, with facts as they may come. */
import type { After, Before, EventName } from "../../core/lifecycle/events.ts";
import * as failing from "../../core/lifecycle/transitions/failing.ts";
import * as person from "../../core/lifecycle/transitions/operator.ts";
import * as sending from "../../core/lifecycle/transitions/sending.ts";
import * as settling from "../../core/lifecycle/transitions/settling.ts";
import * as sweep from "../../core/lifecycle/transitions/sweep.ts";
import * as turn from "../../core/lifecycle/transitions/turn.ts";
import * as waiting from "../../core/lifecycle/transitions/waiting.ts";
import { noon } from "./samples.ts";

export const now = noon + 3_600_000;
export const failure = { kind: "answered", status: 503, answer: "503 later" } as const;
export const hold = { target: "app", by: "ann", why: "a test" };
export const today = { contracts: ["sub_2"] };
export const unreadable = { kind: "secret unreadable", secret: "test/sandbox", detail: "it is away" } as const;
export const away = { kind: "body unreadable", detail: "SlowDown" } as const;
export const tooOld = { kind: "signature too old", status: 400, answer: "400 no", ageSeconds: 360, toleranceSeconds: 300 } as const;
export const gone = { kind: "body gone", detail: "NoSuchKey" } as const;
export const partly = { kind: "partly delivered", accepted: 1, of: 3 } as const;
export const forged = { kind: "not genuine", detail: "no secret matches" } as const;

export const happen: { readonly [Event in EventName]: (progress: Before<Event>) => After<Event> } = {
  begin: (progress) => turn.begin(progress, { ...today, types: ["notice"] }),
  noteTurn: (progress) => turn.noteTurn(progress),
  survive: (progress) => turn.survive(progress),
  learn: (progress) => turn.learn(progress, { ...today, types: ["notice"] }),
  readOn: (progress) => turn.readOn(progress, { since: noon, pages: 3 }),
  apply: (progress) => turn.apply(progress, now),
  enterLines: (progress) => turn.enterLines(progress, now),
  waitBehind: (progress) => waiting.waitBehind(progress, { key: "sandbox/evt_0", contract: "sub_1" }, now),
  waitForContract: (progress) => waiting.waitForContract(progress, { contract: "sub_1", why: "moving house" }, now),
  waitForTarget: (progress) => waiting.waitForTarget(progress, hold, now),
  failUnderHold: (progress) => waiting.failUnderHold(progress, failure, hold, now),
  lookAgain: (progress) => waiting.lookAgain(progress, { contract: "sub_1", why: "moving house" }, now),
  retry: (progress) => failing.retry(progress, { cause: failure, delayMs: 2_000 }, false, now),
  schedule: (progress) => failing.schedule(progress, { cause: failure, delayMs: 2_000 }, now),
  postpone: (progress) => failing.postpone(progress, away, now),
  defer: (progress) => failing.defer(progress, tooOld, now),
  accept: (progress) => sending.accept(progress, "evt_1#2", now),
  acceptAfterAll: (progress) => sending.acceptAfterAll(progress, "evt_1#2"),
  goOn: (progress) => sending.goOn(progress, partly, true, now),
  deliverAfterAll: (progress) => settling.deliverAfterAll(progress, "200 thanks", now),
  stayDelivered: (progress) => settling.stayDelivered(progress, tooOld, now),
  setAside: (progress) => failing.setAside(progress, gone, now),
  giveUp: (progress) => failing.giveUp(progress, { cause: { kind: "given up", attempts: 9, last: failure }, attempts: 9 }, now),
  deliver: (progress) => settling.deliver(progress, "200 thanks", now),
  ignore: (progress) => settling.ignore(progress, { kind: "no event wanted" }, now),
  leaveOut: (progress) => settling.leaveOut(progress, "test", now),
  recognize: (progress) => settling.recognize(progress, { kind: "recorded before", as: "sandbox/evt_0" }, now),
  followersWoken: (progress) => settling.followersWoken(progress),
  wake: (progress) => waiting.wake(progress, false, now),
  release: (progress) => sweep.release(progress, "app", now),
  find: (progress) => sweep.find(progress, now),
  ring: (progress) => sweep.ring(progress, today, now),
  ringForFollowers: (progress) => sweep.ringForFollowers(progress, now),
  fallDue: (progress) => sweep.fallDue(progress, today, now),
  verifyLater: (progress) => sweep.verifyLater(progress, unreadable),
  verifiedLate: (progress) => sweep.verifiedLate(progress, "sandbox/evt_2", now),
  disprove: (progress) => sweep.disprove(progress, forged, now),
  expire: (progress) => sweep.expire(progress, now),
  replay: (progress) => person.replay(progress, today, now),
  verifyAgain: (progress) => person.verifyAgain(progress, now),
  discard: (progress) => person.discard(progress, { by: "ann", why: "a test" }, now),
  erase: (progress) => person.erase(progress, now),
  place: (progress) => person.place(progress, today, now),
  dismiss: (progress) => person.dismiss(progress, { kind: "discarded by", by: "ann", why: "a test" }, now),
};

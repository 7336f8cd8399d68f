/** The state machine, written down apart from its table: what may happen to a record in which state, who makes it happen, and what it is then. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { events } from "../../../core/lifecycle/events.ts";

/** by whom, from which states, to which */
const written: Readonly<Record<string, readonly [by: string, from: string, to: string]>> = {
  begin: ["its turn", "stored applied ready retrying waiting", "same"],
  noteTurn: ["its turn", "stored applied ready retrying waiting", "same"],
  survive: ["its turn", "stored applied ready retrying waiting", "same"],
  learn: ["its turn", "stored applied ready retrying waiting", "same"],
  readOn: ["its turn", "stored applied ready retrying waiting", "same"],
  apply: ["its turn", "stored ready retrying waiting", "applied"],
  enterLines: ["its turn", "applied ready retrying", "same"],
  waitBehind: ["its turn", "applied ready retrying waiting", "waiting"],
  waitForContract: ["its turn", "applied ready retrying waiting", "waiting"],
  waitForTarget: ["its turn", "applied ready retrying waiting", "waiting"],
  failUnderHold: ["its turn", "applied ready retrying waiting", "waiting"],
  lookAgain: ["its turn", "applied ready retrying waiting", "scheduled"],
  retry: ["its turn", "stored applied ready retrying waiting", "retrying"],
  schedule: ["its turn", "stored applied ready retrying waiting", "scheduled"],
  postpone: ["its turn", "stored applied ready retrying scheduled", "scheduled"],
  defer: ["its turn", "applied ready retrying waiting", "scheduled"],
  accept: ["its turn", "applied ready retrying waiting", "applied"],
  acceptAfterAll: ["its turn", "discarded", "same"],
  goOn: ["its turn", "stored applied ready retrying waiting", "ready"],
  deliverAfterAll: ["its turn", "discarded", "delivered"],
  stayDelivered: ["its turn", "applied ready retrying waiting", "delivered"],
  setAside: ["its turn", "stored applied ready retrying waiting scheduled", "dead"],
  giveUp: ["its turn", "stored applied ready retrying waiting", "dead"],
  deliver: ["its turn", "applied ready retrying waiting", "delivered"],
  ignore: ["its turn", "applied ready retrying waiting", "ignored"],
  leaveOut: ["its turn", "stored applied ready retrying waiting", "ignored"],
  recognize: ["its turn", "stored applied ready retrying waiting", "ignored"],
  followersWoken: ["its turn", "delivered ignored discarded", "same"],
  wake: ["the one before it", "waiting", "ready"],
  release: ["the release", "waiting", "ready"],
  find: ["the sweep", "stored applied ready retrying", "same"],
  ring: ["the sweep", "stored applied ready retrying", "same"],
  ringForFollowers: ["the sweep", "delivered ignored discarded", "same"],
  fallDue: ["the sweep", "scheduled", "retrying ready"],
  verifyLater: ["the sweep", "stored", "same"],
  verifiedLate: ["the sweep", "stored", "ignored"],
  disprove: ["the sweep", "stored", "ignored"],
  expire: ["the sweep", "stored applied ready retrying scheduled", "ignored"],
  replay: ["an operator", "applied ready retrying scheduled waiting dead delivered ignored discarded", "ready"],
  verifyAgain: ["an operator", "stored dead ignored discarded", "stored"],
  discard: ["an operator", "applied ready retrying waiting scheduled dead", "discarded"],
  erase: ["an operator", "stored applied ready retrying scheduled waiting dead delivered ignored discarded", "delivered ignored discarded"],
  place: ["an operator", "stored", "same"],
  dismiss: ["an operator", "stored", "discarded"],
};

test("the table of events has exactly the events that are written down", () => {
  expect(Object.keys(events).toSorted()).toEqual(Object.keys(written).toSorted());
});

test.each(Object.entries(events))(
  "%s happens in the states, by the hand and with the result that are written down",
  (name, { by, from, to }) => {
    const [hand, before, after] = written[name] ?? [];
    expect(by).toBe(hand);
    expect([...from].toSorted()).toEqual(before?.split(" ").toSorted());
    expect(to === "same" ? ["same"] : [...to].toSorted()).toEqual(after?.split(" ").toSorted());
  },
);

const page = readFileSync(new URL("../../../docs/architecture.md", import.meta.url), "utf8").split("\n");

test.each(Object.entries(events))("%s is said in its row of docs/architecture.md as the table says it", (name, { says }) => {
  const row = page.find((line) => line.startsWith(`| \`${name}\` |`) || line.startsWith(`| ${name} |`));
  expect(says.length).toBeGreaterThan(2);
  expect(row).toContain(`| ${says} |`);
});

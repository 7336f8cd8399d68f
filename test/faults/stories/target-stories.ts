/** Stories of two targets at once: what happens to one is nothing to the other. */
import { type Callback, makeCallback } from "../sent/callbacks.ts";
import type { Story } from "./story.ts";
import { deployPartner, deploySigned, deployTargetsInAws, deployTwoTargets, mend, pass, send, work } from "./verbs.ts";

const minute = 60_000;

const toApp = (id: string, contract = id): Callback => makeCallback({ id, contracts: [contract] });
const toSecond = (id: string, contract = id): Callback => makeCallback({ id, source: "other", contracts: [contract] });

export const targetStories: readonly Story[] = [
  {
    title: "A queue, a function and an event bus",
    about: "Each gets one event of a notice after the other, as a message.",
    async tell(setting) {
      deployTargetsInAws(setting);
      const notice = (to: string) => makeCallback({ id: `n-${to}`, source: `to-${to}`, contracts: [`${to}-1`, `${to}-2`] });
      await send(setting, notice("queue"), notice("work"), notice("bus"));
      await work(setting);
    },
  },
  {
    title: "An event of a partner's bus",
    about: "AWS has proven its sender; it is recorded and delivered as a callback is, and one that is large as well.",
    async tell(setting) {
      deployPartner(setting);
      const [plain, large] = [
        makeCallback({ id: "event", source: "partner", contracts: ["one"] }),
        makeCallback({ id: "large", source: "partner", contracts: ["one"], nature: "large" }),
      ];
      deploySigned(setting);
      await send(setting, plain, large);
      await work(setting);
    },
  },
  {
    title: "Two targets, and one of them is down",
    about:
      "One answers 503 to everything until the breaker holds it, and is released once it is up again; what comes for the other one is delivered as it comes.",
    async tell(setting) {
      const { simulation } = setting;
      deployTwoTargets(setting);
      simulation.application.behave((record) => (record.startsWith("sandbox/") ? 503 : 200));
      await send(setting, ...[1, 2, 3].map((n) => toApp(`a${n}`)), toSecond("b1", "b"), ...[4, 5, 6].map((n) => toApp(`a${n}`)));
      await work(setting);
      await send(setting, toSecond("b2", "b"), toSecond("c1"));
      await work(setting);
      mend(setting);
      await pass(setting, 2 * minute);
      await pass(setting, 2 * minute);
    },
  },
  {
    title: "Two targets are resumed at different rates",
    about:
      "An operator holds both, and resumes one at a record a second and the other at three; each is released at its own rate, in stored order.",
    async tell(setting) {
      const { simulation, jobs } = setting;
      deployTwoTargets(setting);
      for (const target of ["app", "second"]) await simulation.run(jobs.hold(target));
      for (const n of [1, 2, 3]) await send(setting, toApp(`a${n}`), toSecond(`b${n}`, n < 3 ? "b" : `b${n}`));
      await work(setting);
      await simulation.run(jobs.resume(1, "app"));
      await simulation.run(jobs.resume(3, "second"));
      await simulation.run(jobs.release());
      await work(setting);
      await pass(setting, minute);
    },
  },
];

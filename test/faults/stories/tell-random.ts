/** A random story, told step by step; then everything that was taken away is given back, and healing takes its course. */

import type { Endpoints } from "../../support/aws/aws.ts";
import { recordOf } from "../run/jobs.ts";
import { type Kind, kindsAt, type Point } from "../run/kinds.ts";
import type { Mutant } from "../run/mutant.ts";
import type { Job } from "../run/simulation.ts";
import { castMember, type Deed, type Fault, type RandomStory, type Step } from "./random-story.ts";
import { type Told, tellOnce } from "./tell.ts";
import { deployTwoTargets, type Setting } from "./verbs.ts";

const secondMs = 1_000;
const minuteMs = 60_000;

export const tellRandom = (endpoints: Endpoints, story: RandomStory, mutant?: Mutant): Promise<Told> => {
  const fate = createFate();
  let order: readonly number[] = [];
  let turn = 0;
  return tellOnce({
    endpoints,
    isThorough: story.isThorough,
    ...(mutant && { mutant }),
    plan: fate.plan,
    choose: (count) => (order[turn++ % Math.max(1, order.length)] ?? 0) % count,
    async tell(setting) {
      deployTwoTargets(setting);
      for (const step of story.steps) {
        order = step.do === "together" ? step.order : [];
        turn = 0;
        fate.set(step);
        await take(setting, step);
        setting.jobs.pass(secondMs);
      }
      order = [];
      fate.set(undefined);
      await giveBack(setting);
    },
  });
};

/** Counts the points of a step, and says what hits the one that its fault names. */
const createFate = () => {
  let faults: { readonly fault: Fault; readonly of: string }[] = [];
  let seen = 0;
  return {
    set(step: Step | undefined): void {
      const deeds = step?.do === "together" ? step.deeds : step ? [step] : [];
      faults = deeds.flatMap((deed) => ("fault" in deed && deed.fault ? [{ fault: deed.fault, of: deed.do }] : []));
      seen = 0;
    },
    plan(point: Point): Kind | undefined {
      const at = seen++;
      const hit = faults.find(({ fault }) => fault.at === at);
      if (!hit) return undefined;
      const kinds = kindsAt(point);
      return kinds[hit.fault.kind % kinds.length];
    },
  };
};

const take = async (setting: Setting, step: Step): Promise<void> => {
  const { simulation, jobs } = setting;
  switch (step.do) {
    case "pass":
      return jobs.pass(step.minutes * minuteMs);
    case "answer": {
      const only = step.callback === undefined ? undefined : recordOf(castMember(step.callback));
      return simulation.application.behave((record) => (only === undefined || record === only ? step.status : 200));
    }
    case "secret":
      simulation.secrets.readable = step.readable;
      return;
    case "outage":
      simulation.outage.hits = ({ service }) => service === step.of;
      return;
    case "restart":
      return simulation.restart(step.of);
    case "clock":
      simulation.clocks.set(step.of, step.minutes * minuteMs);
      return;
    case "lose the stream":
      return jobs.loseStream();
    case "accident":
      return simulation.suffer(step.accident, recordOf(castMember(step.callback)));
    case "together": {
      const some: Job[] = [];
      for (const [slot, deed] of step.deeds.entries()) some.push(...(await jobOf(setting, deed, slot)));
      return simulation.run(...some);
    }
    default:
      return simulation.run(...(await jobOf(setting, step, 0)));
  }
};

const jobOf = async ({ jobs }: Setting, deed: Deed, slot: number): Promise<readonly Job[]> => {
  switch (deed.do) {
    case "send":
      return [jobs.receive(castMember(deed.callback))];
    case "relay":
      return present(await jobs.relay(deed.most));
    case "consume":
      return present(jobs.consume({ most: deed.most, slot, ...(deed.looks !== undefined && { looks: deed.looks }) }));
    case "recover":
      return present(jobs.recover());
    case "sweep":
      return [jobs.sweep()];
    case "release":
      return [jobs.release()];
    case "replay":
    case "discard":
      return [jobs[deed.do](recordOf(castMember(deed.callback)))];
    case "hold":
      return [jobs.hold(deed.target)];
    case "resume":
      return [jobs.resume(deed.ratePerSecond, deed.target)];
    case "hold contract":
      return [jobs.holdContract(deed.contract)];
    case "resume contract":
      return [jobs.resumeContract(deed.contract)];
    default:
      return deed satisfies never;
  }
};

const present = (job: Job | undefined): readonly Job[] => (job ? [job] : []);

const giveBack = async ({ simulation, jobs }: Setting): Promise<void> => {
  simulation.clocks.clear();
  simulation.secrets.readable = true;
  simulation.outage.hits = () => false;
  simulation.application.behave(() => 200);
  const held = [jobs.resume(50, "app"), jobs.resume(50, "second"), jobs.resumeContract("a"), jobs.resumeContract("b")];
  for (const job of held) await simulation.run(job);
};

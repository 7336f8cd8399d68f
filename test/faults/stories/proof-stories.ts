/** Stories in which a genuine callback cannot be verified when it comes. */

import { makeApplicationEvent } from "../sent/application-event.ts";
import { makeCallback } from "../sent/callbacks.ts";
import type { Story } from "./story.ts";
import { acceptUnproven, hearTheApplication, mend, pass, refuse, send, work } from "./verbs.ts";

const minute = 60_000;

export const proofStories: readonly Story[] = [
  {
    title: "A person is erased",
    about:
      "An operator erases an account with a contract's callbacks, of which one is not delivered yet, and types the command a second time; then the gateway redelivers one of them. Nobody is named any more, and another account's records are as they were.",
    async tell(setting) {
      const { simulation, jobs } = setting;
      const person = "taro-yamada";
      hearTheApplication(setting);
      // As few days as there can be to search.
      Object.assign(simulation.config, { retentionDays: 2 });
      const paid = (id: string) => makeCallback({ id, contracts: ["one"], more: { customer: person } });
      const [delivered, waits] = [paid("delivered"), paid("waits")];
      await send(setting, makeApplicationEvent({ id: "grant", account: person, contract: "one" }), delivered);
      await send(
        setting,
        makeApplicationEvent({ id: "other-grant", account: "hanako", contract: "two" }),
        makeCallback({ id: "other", contracts: ["two"] }),
      );
      await work(setting);
      refuse(setting, 503, waits);
      await send(setting, waits);
      await work(setting);
      await simulation.run(jobs.erase(person));
      await simulation.run(jobs.erase(person));
      mend(setting);
      await send(setting, delivered);
      await pass(setting, 2 * minute);
    },
  },
  {
    title: "The same is said twice while the secret cannot be read",
    about: "Two messages of the application have the same body, and ids in a header; each is a record once the secret can be read.",
    async tell(setting) {
      const { secrets } = setting.simulation;
      hearTheApplication(setting);
      secrets.readable = false;
      await send(setting, ...["said-1", "said-2"].map((id) => makeApplicationEvent({ id, account: "ann", contract: "one" })));
      secrets.readable = true;
      await pass(setting, 2 * minute);
    },
  },
  {
    title: "Released from quarantine",
    about:
      "The gateway signs with a new secret before it is known here: three callbacks of one contract are acknowledged and quarantined. An operator releases them all, types that a second time, and they are delivered in the order they came.",
    async tell(setting) {
      const { secrets } = setting.simulation;
      acceptUnproven(setting);
      const [known] = [secrets.list];
      secrets.list = ["the secret before"];
      // Their keys would put them in another order.
      await send(setting, ...["c-first", "a-second", "b-third"].map((id) => makeCallback({ id, contracts: ["one"] })));
      secrets.list = known;
      setting.simulation.restart("receive");
      for (let times = 0; times < 2; times++) await setting.simulation.run(setting.jobs.releaseQuarantine());
      await work(setting);
    },
  },
];

/** Stories in which a genuine callback cannot be verified when it comes. */
import { makeCallback } from "../run/callbacks.ts";
import { makeSaid } from "../run/said.ts";
import type { Story } from "./story.ts";
import { acceptUnproven, hearTheApplication, pass, send, work } from "./verbs.ts";

const minute = 60_000;

export const proofStories: readonly Story[] = [
  {
    title: "The same is said twice while the secret cannot be read",
    about: "Two messages of the application have the same body, and ids in a header; each is a record once the secret can be read.",
    async tell(setting) {
      const { secrets } = setting.simulation;
      hearTheApplication(setting);
      secrets.readable = false;
      await send(setting, ...["said-1", "said-2"].map((id) => makeSaid({ id, account: "ann", contract: "one" })));
      secrets.readable = true;
      await pass(setting, 2 * minute);
    },
  },
  {
    title: "Released from quarantine",
    about:
      "The gateway signs with a new secret before it is known here: three callbacks of one contract are acknowledged and quarantined. An operator releases them all, and they are delivered in the order they came.",
    async tell(setting) {
      const { secrets } = setting.simulation;
      acceptUnproven(setting);
      const [known] = [secrets.list];
      secrets.list = ["the secret before"];
      // Their keys would put them in another order.
      await send(setting, ...["c-first", "a-second", "b-third"].map((id) => makeCallback({ id, contracts: ["one"] })));
      secrets.list = known;
      setting.simulation.restart("receive");
      await setting.simulation.run(setting.jobs.releaseQuarantine());
      await work(setting);
    },
  },
];

/** What came under the id of a record with another content. */
import { gauge, whenever } from "../alarm-rule.ts";
import { type Condition, counted, seenIn } from "../condition.ts";

export const conflicts = {
  "conflicts-open": {
    severity: "ticket",
    happened: "A callback came under the id of another, with another content, and nobody has decided which of the two is true.",
    money: "The first one counts: if the other is the genuine one, the application acts on a wrong payment, amount or state.",
    next: ({ holdfast }) => [holdfast("conflicts")],
    seen: seenIn("conflicts", ({ count, oldest }) =>
      count === 0
        ? []
        : [
            {
              what: `${counted(count, "callback")} came under a known id with another content`,
              ...(oldest && { since: oldest.storedAt }),
              numbers: { conflicts: count },
            },
          ],
    ),
    alarm: whenever({ metrics: { open: gauge("OpenConflicts") }, threshold: 1, silence: "keeps the state" }),
    runbook: {
      more: "The sweep finds it within two minutes; `Conflicts` counts it at once. The other was acknowledged and is kept beside the first. A redelivery is not a conflict, also where a gateway sends its fields in another order.",
      stake: "Where nothing in a callback is signed, one of the two may be forged.",
      lookAt: "`npx holdfast conflicts` shows both sides, the fields in which they differ, and how strongly the source is verified.",
      fix: "Ask the gateway's own records which is true. Then `npx holdfast conflicts decide RECORD --deliver first --why ...`, or `other`, or `both`: the other is then delivered as a record of its own. A decision that was interrupted is carried out by the same command.",
      resolvedWhen: "`npx holdfast conflicts` lists nothing, and the alarm says OK a minute later.",
    },
  },
} as const satisfies Readonly<Record<string, Condition>>;

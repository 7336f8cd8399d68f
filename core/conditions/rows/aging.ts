/** Whether the application refuses what Holdfast passes through for the age of the gateway's signature. */
import { gauge, whenever } from "../alarm-rule.ts";
import { type Case, type Condition, counted, seenIn } from "../condition.ts";

export const aging = {
  "signatures-too-old": {
    severity: "page",
    happened: "An application refuses deliveries because the gateway's signature, which is passed through, is too old.",
    money: "The application learns of none of those payments, and with every minute more of the backlog becomes too old.",
    next: ({ holdfast }) => [holdfast("doctor"), holdfast("replay", "--state", "scheduled", "--reason", "signature")],
    seen: seenIn("targets", (targets) =>
      targets.flatMap(({ target, held, hold, tooOld }): Case[] => {
        const isHeld = hold?.isForAge === true;
        if (!tooOld && !isHeld) return [];
        const behind = isHeld && held > 0 ? `; ${counted(held, "record waits", "records wait")} behind` : "";
        return [
          {
            about: target,
            what: `${target} refuses the gateway's signatures as too old, of ${counted(tooOld?.count ?? 1, "record")}${behind}: set \`resign: true\` on it, and deploy`,
            since: Math.min(tooOld?.since ?? Number.POSITIVE_INFINITY, isHeld ? hold.since : Number.POSITIVE_INFINITY),
            numbers: { refused: tooOld?.count ?? 1, held: isHeld ? held : 0 },
          },
        ];
      }),
    ),
    alarm: whenever({ metrics: { refused: gauge("RefusedForAge") }, threshold: 1, silence: "keeps the state" }),
    runbook: {
      more: "Stripe, Paddle, Polar and every Standard Webhooks gateway sign the time, and their libraries refuse what was signed some minutes ago: what waited during an outage is genuine, and refused. It is not an attempt and never a dead letter. It waits at the front of its contract, others flow on.",
      stake: "They are kept, in order.",
      lookAt:
        "`npx holdfast list --state scheduled`, and `npx holdfast show RECORD`: the signature's age, what is accepted, and the application's own words. `npx holdfast doctor` names every source whose signatures age.",
      fix: 'Set `resign: true` on the target in holdfast.config.ts, and deploy: the signature is then made again whenever it is sent, with the source\'s own secret. What is scheduled goes out automatically within six hours; at once, in stored order: `npx holdfast replay --state scheduled --reason "signature"`, which shows its plan and runs with `--yes`. What waits for the circuit breaker is released by the first that is accepted. An application that refuses them for another reason, in the same words: with `resign` it becomes an ordinary dead letter.',
      resolvedWhen: "the alarm says OK, a minute after the last of them is delivered.",
    },
  },
} as const satisfies Readonly<Record<string, Condition>>;

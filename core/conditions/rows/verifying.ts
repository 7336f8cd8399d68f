/** Whether callbacks can be verified. */
import { minuteMs } from "../../durations.ts";
import { quarantinePlacesPerHour } from "../../receive/quarantine.ts";
import { gauge, ofSource, sum, whenever } from "../alarm-rule.ts";
import { type Case, type Condition, counted, logOf, seenIn } from "../condition.ts";
import type { SightOfSource } from "../sight.ts";

const putSecret = 'aws secretsmanager put-secret-value --secret-id NAME/SOURCE --secret-string \'{"secrets":["new","old"]}\'';

/** Of a source's callbacks within a quarter of an hour, so many and such a share. */
const manyUnverified = 10;
const largeShare = 0.2;
/** Or so many in a row, where callbacks are rare. */
const fewInARow = 3;

const isUnverified = ({ recorded, quarantined }: SightOfSource): boolean =>
  quarantined.sinceLast >= fewInARow ||
  (quarantined.lately >= manyUnverified && quarantined.lately > largeShare * (quarantined.lately + recorded));

export const verifying = {
  "secret-unreadable": {
    severity: "ticket",
    happened: "A source's secret could not be read, and its callbacks were acknowledged unverified.",
    money: "They are stored, but not delivered until they can be verified, so the application does not know of those payments.",
    next: ({ holdfast }) => [holdfast("doctor"), holdfast("list", "--state", "stored")],
    seen: seenIn("unsettled", ({ unverified: { count, oldest, sources } }) =>
      count === 0
        ? []
        : [
            {
              what: `${counted(count, "callback is", "callbacks are")} stored unverified, of ${sources.join(", ")}`,
              ...(oldest && { since: oldest.storedAt }),
              numbers: { records: count },
            },
          ],
    ),
    // At once by the first callback, and then by what the sweep still finds a minute or two later.
    alarm: whenever({
      metrics: { stored: sum("StoredUnverified"), waiting: gauge("UnverifiedRecords") },
      expression: "FILL(stored, 0) + FILL(waiting, 0)",
      threshold: 1,
      of: 3,
      silence: "keeps the state",
    }),
    runbook: {
      more: "`NAME-receive` could not read it from Secrets Manager, and had no copy in memory that was read within the last hour. The alarm comes with the first of them and stays until the last has been verified; `npx holdfast status` shows them once the sweep has found them, about two minutes later, and `npx holdfast doctor` sees an unreadable secret at once. They take places, 4,096 an hour of each sender's network; what finds none goes to the quarantine, and is answered by the source's policy.",
      stake: "Nothing is lost, and nothing unverified reaches the ledger or the application.",
      lookAt:
        '`npx holdfast doctor` tries each secret. `aws logs tail /aws/lambda/NAME-receive --since 15m` names the secret and the error: access denied, not found, or not JSON of the form `{"secrets": ["..."]}`.',
      fix: 'Fix the secret or the permissions. Nothing has to be replayed: the sweep verifies what waits, at its own receipt time, and records what is genuine. What turns out to be forged ends as `ignored`. If the secret was replaced meanwhile, put the old one beside the new: what was signed with it would be taken for forged. Too late? `npx holdfast replay --state ignored --reason "not genuine"` verifies all of that again.',
      resolvedWhen: "the alarm says OK and `npx holdfast list --state stored` is empty again.",
    },
  },
  "callbacks-unproven": {
    severity: "ticket",
    happened: "Callbacks could not be verified by their signature, token or address.",
    money: "Either they are forged, which costs nothing, or the gateway's secret has changed, and real payments are being rejected.",
    next: (place) => [place.holdfast("quarantine", "list"), logOf(place, "receive")],
    seen: seenIn("sources", (sources, { now }) =>
      sources.flatMap(({ source, quarantined: { lately, first = 0 } }): Case[] =>
        lately === 0
          ? []
          : [
              {
                about: source,
                what: `${counted(lately, "callback")} of ${source} within 15 minutes could not be verified and ${lately === 1 ? "is" : "are"} in quarantine`,
                since: Math.max(first, now - 15 * minuteMs),
                numbers: { quarantined: lately },
              },
            ],
      ),
    ),
    // One is enough: a gateway that tries only a few times has lost a payment's news after the third.
    alarm: whenever({ metrics: { unverified: sum("Unproven") }, threshold: 1, periodMinutes: 15, silence: "is well" }),
    runbook: {
      more: "At least one in the last 15 minutes. It was rejected or, where the source's policy says so, acknowledged; either way it was quarantined. When it is most of a source's callbacks, `source-unverified` is on too.",
      stake:
        "A prober or scanner is harmless. But if a secret was changed at the gateway and not here, no genuine callback can be verified: payments are rejected, and their gateways give up after a while.",
      lookAt:
        '`aws logs tail /aws/lambda/NAME-receive --since 15m` names the source and the check that failed; `npx holdfast quarantine list` shows what was kept. All callbacks of one source, from the gateway\'s usual addresses: the secret, or `publicUrl`. Single ones from unknown addresses: a prober. "Outside the tolerance": a clock, or old callbacks resent by hand.',
      fix: `If the secret was changed: add the gateway's new secret beside the old one: \`${putSecret}\`. It is used within five minutes, without a deployment. Remove the old one when the gateway no longer uses it: it verifies nothing after another five minutes, or an hour while Secrets Manager does not answer. Then release the genuine ones from quarantine (\`npx holdfast quarantine list\`; releasing verifies again), and have the gateway resend what it gave up. A newly deployed source has no secret yet: add it the same way.`,
      resolvedWhen:
        "new callbacks of the source are acknowledged (`npx holdfast list`) and the alarm says OK, at most 15 minutes after the last unverified one.",
    },
  },
  "source-unverified": {
    severity: "page",
    happened: "Most callbacks of a source cannot be verified.",
    money: "Most likely its secret was changed, so real payments are being rejected, and their gateway will give up sending them.",
    next: ({ about, holdfast }) => [holdfast("quarantine", "list", "--source", about), holdfast("doctor")],
    seen: seenIn("sources", (sources) =>
      sources.filter(isUnverified).map(({ source, recorded, quarantined }): Case => {
        const { count, sinceLast, lately, first } = quarantined;
        const what =
          sinceLast >= fewInARow
            ? `none of the last ${sinceLast} callbacks of ${source} could be verified`
            : `${lately} of ${lately + recorded} callbacks of ${source} within 15 minutes could not be verified`;
        return {
          about: source,
          what: `${what}; ${count} of the last day ${count === 1 ? "is" : "are"} in quarantine`,
          ...(first !== undefined && { since: first }),
          numbers: { recorded, ...{ quarantined: count, sinceLast, lately } },
        };
      }),
    ),
    alarm: {
      kind: "by source",
      rule: (source) => ({
        metrics: ofSource(source, "Unproven", "Relayed", "Duplicates"),
        expression: `IF(FILL(unproven, 0) >= ${manyUnverified}, 100 * unproven / (unproven + FILL(relayed, 0) + FILL(duplicates, 0)), 0)`,
        threshold: 100 * largeShare,
        periodMinutes: 15,
        silence: "is well",
      }),
    },
    runbook: {
      more: `The alarm: at least ${manyUnverified} within a quarter of an hour, and 20 % of the source's callbacks. \`npx holdfast status\` also says so where callbacks are rare: ${fewInARow} in quarantine since the last that was verified.`,
      stake: "What is in quarantine can be released; of what a flood kept out of it, only the gateway has the news.",
      lookAt:
        "`npx holdfast quarantine list --source SOURCE`, and `npx holdfast quarantine show RECORD` for which check failed. Do they come from the gateway's usual addresses? Has somebody rotated the secret, moved the URL (`publicUrl`), or put a proxy in front?",
      fix: `Add the gateway's new secret beside the old one: \`${putSecret}\`. It is used within five minutes, without a deployment. Then \`npx holdfast quarantine release --source SOURCE\`, which verifies each again and delivers in the order stored, and have the gateway resend the rest. If they are forged: \`npx holdfast quarantine discard\`, or ignore them; they expire.`,
      resolvedWhen: "`npx holdfast list --source SOURCE` shows new records, and the quarantine holds nothing genuine of that source.",
    },
  },
  "quarantine-undecided": {
    severity: "ticket",
    happened: "Callbacks that were acknowledged are in quarantine, and nobody has decided about them.",
    money: "Their gateways do not send them again, so those that are genuine are payments that the application never learns of.",
    next: ({ about, holdfast }) => [holdfast("quarantine", "list", "--source", about), holdfast("doctor")],
    seen: seenIn("quarantine", ({ acknowledged }, { now }) =>
      acknowledged
        .filter(({ first }) => now - first >= 15 * minuteMs)
        .map(({ source, count, first }): Case => {
          const what = count === 1 ? "that was acknowledged is" : "that were acknowledged are";
          return {
            about: source,
            what: `${counted(count, "callback")} of ${source} ${what} in quarantine, and nobody has decided about ${count === 1 ? "it" : "them"}`,
            since: first,
            numbers: { undecided: count },
          };
        }),
    ),
    alarm: whenever({ metrics: { undecided: gauge("UndecidedInQuarantine") }, threshold: 1, periods: 15, silence: "keeps the state" }),
    runbook: {
      more: 'For a quarter of an hour or more. Only of sources that acknowledge what they cannot verify, as the configuration (`unproven: "accept"`) or their gateway has it: what is rejected, its gateway sends again.',
      stake: "They are kept for 30 days from when they came, then they are gone.",
      lookAt:
        "`npx holdfast quarantine list --source SOURCE` shows when they came, from where, and which check failed. Many of one night, from the gateway's usual addresses: the secret was wrong then.",
      fix: "`npx holdfast quarantine release --source SOURCE --why ...` verifies each again, and records the genuine ones in stored order. What still cannot be verified stays: once it is certain that it is forged, `npx holdfast quarantine discard`.",
      resolvedWhen: "`npx holdfast quarantine list` shows nothing of that source.",
    },
  },
  "quarantine-full": {
    severity: "ticket",
    happened: "Unverified callbacks came that were not kept, or more than fifty within an hour.",
    money: "Should genuine ones be among those that were not kept, only their gateways still have that news.",
    next: (place) => [place.holdfast("quarantine", "list"), logOf(place, "receive")],
    seen: seenIn("quarantine", ({ undecided, lastHour, crowded, first }) =>
      crowded === 0 && lastHour <= 50
        ? []
        : [
            {
              what:
                crowded > 0
                  ? `the quarantine is nearly full for ${counted(crowded, "network")}, so that further callbacks from there may not be kept; it holds ${undecided}`
                  : `${lastHour} unverified callbacks came within an hour`,
              ...(first !== undefined && { since: first }),
              numbers: { undecided, lastHour, networks: crowded },
            },
          ],
    ),
    alarm: whenever({
      metrics: { lost: sum("NotQuarantined"), kept: sum("Quarantined") },
      expression: "IF(FILL(lost, 0) >= 1 OR FILL(kept, 0) > 50, 1, 0)",
      threshold: 1,
      periodMinutes: 60,
      silence: "is well",
    }),
    runbook: {
      more: `The quarantine is bounded, so that forgeries cannot fill the table: ${quarantinePlacesPerHour} places an hour for each source and network, ten callbacks a second for each process, 64 KB each.`,
      stake:
        "A genuine gateway rarely sends that many unverified callbacks unless its secret is wrong here; then `source-unverified` is on.",
      lookAt:
        "`npx holdfast quarantine list`: one source, one network? `aws logs tail /aws/vendedlogs/NAME-callbacks --since 1h` has the addresses.",
      fix: "A wrong secret: as in `source-unverified`, and have the gateway resend that period, since not all of it was kept. A flood of forgeries: AWS WAF with a rate rule by address in front.",
      resolvedWhen: "the alarm says OK, an hour after the last one that was not kept.",
    },
  },
} as const satisfies Readonly<Record<string, Condition>>;

/** Reasons are sentences that quote ids and answers. This tells which of them say the same, and what helps. */

/** The sentence without what differs from record to record: keys, numbers, ids, what was quoted. Statuses and attempts stay. */
export const reasonKind = (reason: string | undefined): string =>
  (reason ?? "")
    .replace(/"[^"]*"|'[^']*'/g, gap)
    .replace(/[\w.-]+\/[\w:.%+=-]+(?=[\s,;.)]|$)/g, gap)
    .replace(/(?<!answered )\b(?=[\w-]*\d)[\w-]+\b(?! attempts)/g, gap)
    .replace(/…(?:[.:/…-]*…)+/g, gap)
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, 160);

const gap = "…";

/** What a person can do about it, before replaying; none when replaying is what is left to do. */
const remedies: readonly (readonly [reason: RegExp, remedy: string])[] = [
  [/cannot be parsed/, "The gateway's file in gateways/ does not understand these bytes: mend it, deploy, then replay."],
  [
    /is not part of this deployment|is not configured|its gateway is not deployed/,
    "Put it back into the configuration, deploy, then replay.",
  ],
  [/private, loopback or link-local/, "Correct the target's url or its allowAddresses, deploy, then replay."],
  [/not genuine/, "It was sent by somebody else, or the secret was wrong then: check the secret, then replay to prove it again."],
  [/application refused it/, "The application said that sending it again is pointless: mend the application, then replay."],
  [/given up after/, "The application failed or did not answer until the attempts were used up: see that it answers, then replay."],
  [/secret .* cannot be read/, "Make the secret readable (`npx holdfast doctor`), then replay."],
  [/consume failed/, "Read the log of the function consume; when its cause is mended, replay."],
];

export const remedyFor = (reason: string | undefined): string =>
  remedies.find(([pattern]) => pattern.test(reason ?? ""))?.[1] ?? "Find and mend the cause, then replay.";

/** A part of the sentence that finds all of its kind again, for --reason; undefined when too little is common to them. */
export const searchableReason = (kind: string): string | undefined => {
  const part = kind.split(gap).reduce((longest, one) => (one.trim().length > longest.length ? one.trim() : longest), "");
  return part.length >= 12 ? part : undefined;
};

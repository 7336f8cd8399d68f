/** The promises a gateway sees: P1, P2 and P3. */
import { distinct, type Evidence, type Exchange, type Finding, genuineOf, recordsOf } from "./evidence.ts";

/** The table was read right after every acknowledgement. What was not there must have been spilled, and be there by now. */
export const acknowledgedMeansDurable = ({ exchanges, after, spilled }: Evidence): Finding => {
  const acks = genuineOf(exchanges).filter(({ answer }) => answer === "acknowledged");
  const missed = acks.filter(({ stored }) => !stored);
  const storedAt = new Map(recordsOf(after).map(({ sha256, record }) => [sha256, record.storedAt]));
  const wasSpilled = ({ sha256, answeredAt }: Exchange) => (storedAt.get(sha256) ?? 0) > answeredAt;
  const unexplained = missed.filter((one) => !wasSpilled(one) || missed.length > spilled);
  const lost = acks.filter(({ sha256 }) => !storedAt.has(sha256));
  const fromSpill = missed.length > 0 ? `, ${missed.length - unexplained.length} in a fallback store` : "";
  return {
    judgedBy: `${acks.length} acknowledgements, at ${acks.length - missed.length} the exact bytes were stored${fromSpill}`,
    breaches: [
      ...unexplained.map((one) => `${nameOf(one)} was acknowledged before the table had them`),
      ...lost.map((one) => `${nameOf(one)} was acknowledged, and its bytes are nowhere`),
    ],
  };
};

export const durableMeansAcknowledged = ({ exchanges, down }: Evidence): Finding => {
  const genuine = genuineOf(exchanges);
  const refusedThough = genuine.filter(({ answer, stored }) => answer === "rejected" && stored);
  const acknowledged = distinct(genuine.filter(({ answer }) => answer === "acknowledged"));
  const never = [...distinct(genuine)].filter((sha256) => !acknowledged.has(sha256));
  const refused = genuine.filter(({ answer }) => answer === "rejected").length;
  const meanwhile = genuine.filter(({ sentAt, answer }) => sentAt > down.from && sentAt < down.to && answer === "acknowledged").length;
  return {
    judgedBy: `${genuine.length} genuine requests, ${refused} rejected, ${meanwhile} acked in the outage`,
    breaches: [
      ...refusedThough.map((one) => `${nameOf(one)} was answered ${one.status}, though its bytes were stored`),
      ...never.map((sha256) => `the callback with the bytes ${short(sha256)} was never acknowledged`),
    ],
  };
};

export const oneCallbackOneRecord = ({ exchanges, after }: Evidence): Finding => {
  const genuine = genuineOf(exchanges);
  const all = recordsOf(after);
  const records = Map.groupBy(all, ({ sha256 }) => sha256);
  const sent = distinct(genuine);
  const conflicts = after.stored.filter(({ sort }) => sort !== "record");
  const repeated = genuine.length - sent.size;
  return {
    judgedBy: `${sent.size} callbacks, ${repeated} repetitions, ${all.length} records`,
    breaches: [
      ...[...sent].filter((sha256) => (records.get(sha256)?.length ?? 0) !== 1).map((sha256) => describeCount(sha256, records)),
      ...[...records].flatMap(([sha256, [first]]) => (sent.has(sha256) ? [] : [`${first?.record.key} has bytes that nobody sent`])),
      ...conflicts.map(({ record }) => `${record.key} is marked a conflict, though its gateway sent these bytes under one id only`),
    ],
  };
};

const describeCount = (sha256: string, records: ReadonlyMap<string, readonly { readonly record: { readonly key: string } }[]>): string => {
  const keys = (records.get(sha256) ?? []).map(({ record }) => record.key);
  return keys.length === 0
    ? `the bytes ${short(sha256)} have no record`
    : `the same bytes are recorded ${keys.length} times: ${keys.join(", ")}`;
};

const nameOf = ({ source, sha256 }: Exchange): string => `a callback of ${source} with the bytes ${short(sha256)}`;

const short = (sha256: string): string => `${sha256.slice(0, 12)}...`;

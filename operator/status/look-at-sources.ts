/** What came of each source lately: the latest recorded callbacks, and what is in quarantine. */
import type { Millis } from "../../core/callback.ts";
import type { Sight } from "../../core/conditions/sight.ts";
import { dayMs, hourMs, minuteMs } from "../../core/durations.ts";
import { acknowledgesAt, crowdedPlaces, quarantinePlaceOf } from "../../core/receive/quarantine.ts";
import { splitKey } from "../../core/record.ts";
import { countUndecided } from "../../io/records/quarantined.ts";
import { timeline } from "../../io/records/timeline.ts";
import type { Stored } from "../../io/stored.ts";
import { allShards, quarantineDay } from "../../io/table.ts";
import type { Connection } from "../connect/connect.ts";

/** Records searched for each source's latest callback: reading further is not worth its cost. */
const mostRecords = 300;
/** Where a source says what it expects, or has callbacks in quarantine, what came of it is worth more. */
const mostRecordsInDoubt = 20_000;
const weekMs = 7 * dayMs;
const latelyMs = 15 * minuteMs;
/** Of one shard, the newest. */
const mostQuarantined = 200;

export interface LookedAtSources {
  readonly seen: Sight["sources"];
  readonly quarantine: Sight["quarantine"];
  readonly searchedSince: Millis;
}

export const lookAtSources = async (connection: Connection): Promise<LookedAtSources> => {
  const now = connection.clock();
  const findGateway = await connection.gateways();
  const [quarantined, acknowledged] = await Promise.all([
    undecided(connection, now),
    countUndecided(connection, {
      isWanted: (source) => acknowledgesAt(connection.config, source, findGateway),
      from: 0,
      mostPages: 10,
    }),
  ]);
  const recorded = await latestRecords(connection, now, new Set(quarantined.map(({ key }) => splitKey(key).source)));
  const seen = Object.entries(connection.config.sources).map(([source, { expect }]) => {
    const ofSource = ({ key }: Stored) => splitKey(key).source === source;
    const mine = recorded.records.filter(ofSource);
    const lastAt = mine[0]?.storedAt;
    const refused = quarantined.filter(ofSource);
    // Where not all of a quarter of an hour was read, both are counted over what was.
    const lately = ({ storedAt }: Stored) => storedAt > Math.max(now - latelyMs, recorded.since);
    const first = refused.at(-1)?.storedAt;
    const periodFrom = expect && now - expect.everyMinutes * minuteMs;
    const inPeriod = periodFrom === undefined ? [] : mine.filter(({ storedAt }) => storedAt >= periodFrom);
    return {
      source,
      ...(lastAt !== undefined && { lastAt }),
      recorded: mine.filter(lately).length,
      quarantined: {
        count: refused.length,
        lately: refused.filter(lately).length,
        // What came before all that was read may have been followed by verified ones.
        sinceLast: refused.filter(({ storedAt }) => storedAt > (lastAt ?? recorded.since)).length,
        ...(first !== undefined && { first }),
      },
      ...(expect &&
        periodFrom !== undefined &&
        (recorded.since <= periodFrom || inPeriod.length >= expect.atLeast) && {
          inPeriod: inPeriod.length,
        }),
    };
  });
  return { seen, quarantine: { ...quarantineSeen(quarantined, now), acknowledged: acknowledged.undecided }, searchedSince: recorded.since };
};

/** Newest first, until every source was seen or enough was read; `since`: everything later was. `doubted`: sources for which more is enough. */
const latestRecords = async (
  { config, ...stores }: Connection,
  now: Millis,
  doubted: ReadonlySet<string>,
): Promise<{ records: readonly Stored[]; since: Millis }> => {
  const missing = new Set(Object.keys(config.sources));
  const periods = Object.values(config.sources).map(({ expect }) => (expect?.everyMinutes ?? 15) * minuteMs);
  const longest = now - Math.max(...periods);
  const expects = Object.values(config.sources).some(({ expect }) => expect);
  const found: Stored[] = [];
  for await (const stored of timeline(stores, { from: now - weekMs, to: now + dayMs, newestFirst: true })) {
    const isAll = missing.size === 0 && stored.storedAt < longest;
    const isInDoubt = (expects && stored.storedAt >= longest) || !missing.isDisjointFrom(doubted);
    const isEnough = found.length >= (isInDoubt ? mostRecordsInDoubt : mostRecords);
    if (isAll || isEnough) return { records: found, since: stored.storedAt };
    found.push(stored);
    missing.delete(splitKey(stored.key).source);
  }
  return { records: found, since: now - weekMs };
};

/** Quarantined within a day and not decided yet, newest first. */
const undecided = async ({ records, open }: Connection, now: Millis): Promise<readonly Stored[]> => {
  const period = { day: quarantineDay, from: now - dayMs, to: now + dayMs, newestFirst: true, limit: mostQuarantined };
  const shards = await Promise.all(allShards.map((shard) => records.timeline({ ...period, shard })));
  const found = shards.flatMap(({ keys }) => keys).toSorted((one, other) => other.storedAt - one.storedAt);
  const decided = await open.of(found.map(({ key }) => key));
  return found.filter(({ key }) => !decided.has(key));
};

const quarantineSeen = (quarantined: readonly Stored[], now: Millis): Omit<Sight["quarantine"], "acknowledged"> => {
  const hour = Math.floor(now / hourMs);
  const places = quarantined.flatMap(({ key }) => quarantinePlaceOf(key) ?? []).filter((place) => place.hour >= hour - 1);
  const first = quarantined.at(-1)?.storedAt;
  return {
    undecided: quarantined.length,
    lastHour: quarantined.filter(({ storedAt }) => storedAt > now - hourMs).length,
    crowded: [...Map.groupBy(places, (place) => `${place.hour} ${place.network}`).values()].filter(({ length }) => length >= crowdedPlaces)
      .length,
    ...(first !== undefined && { first }),
  };
};

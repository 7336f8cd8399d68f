/** A column store's way: the file by `read_csv`, our side as a table, and a full outer join of both. No check of anything; on two threads, as the machine has. */
import { BIGINT, DuckDBDataChunk, DuckDBInstance, VARCHAR } from "@duckdb/node-api";
import { payments } from "../story.ts";
import type { Contestant } from "./contestant.ts";

const chunkRows = 2_048;

const joined = (file: string): string => `create table joined as
with theirs as (select source_id as id, count(*) as times, first(cast(gross as bigint)) as minor from read_csv('${file}', header = true, all_varchar = true) group by source_id)
select coalesce(theirs.id, ours.id) as id, theirs.times, theirs.minor as their_minor, ours.minor as our_minor from theirs full outer join ours on theirs.id = ours.id`;

export const duckdb: Contestant = async (file, story) => {
  const db = await (await DuckDBInstance.create(":memory:", { threads: "2" })).connect();
  await db.run("create table ours (id varchar, minor bigint)");
  const appender = await db.createAppender("ours");
  let [ids, minors]: [string[], bigint[]] = [[], []];
  const flush = (): void => {
    const chunk = DuckDBDataChunk.create([VARCHAR, BIGINT]);
    chunk.setColumns([ids, minors]);
    appender.appendDataChunk(chunk);
    [ids, minors] = [[], []];
  };
  for (const {
    ids: [id = ""],
    movements,
  } of payments(story)) {
    ids.push(id);
    minors.push(BigInt(movements[0]?.amount?.minor ?? 0));
    if (ids.length === chunkRows) flush();
  }
  if (ids.length > 0) flush();
  appender.closeSync();
  await db.run(joined(file));
  const idsWhere = async (condition: string): Promise<readonly string[]> =>
    (await db.runAndReadAll(`select id from joined where ${condition}`)).getRows().map(([id]) => String(id));
  return {
    matched: Number((await db.runAndReadAll("select count(*) from joined where their_minor = our_minor")).getRows()[0]?.[0]),
    "missing here": await idsWhere("our_minor is null"),
    "missing there": await idsWhere("times is null"),
    "amount differs": await idsWhere("their_minor <> our_minor"),
    "line twice": await idsWhere("times > 1"),
  };
};

import { expect, test } from "vitest";
import { createReadBackPages } from "../../../io/read-back/pages.ts";
import { paymentEvent } from "../../support/samples.ts";
import { createWorld } from "../../support/world/world.ts";

const key = "sandbox/evt_1";

const setUp = async () => {
  const { client, aws, close } = await createWorld();
  return { pages: createReadBackPages({ client, table: aws.ledgerTable }), close };
};

test("pages come back by their names, those of this reading alone, and are gone once they are forgotten", async () => {
  const { pages, close } = await setUp();
  const [first, last] = [{ events: [paymentEvent()], from: "/v1/payments?page=2" }, { events: [paymentEvent({ id: "evt_1#2" })] }];
  await pages.keep(key, { since: 1, place: 0 }, "old", last);
  await pages.keep(key, { since: 1, place: 1 }, "old too", last);
  await pages.keep(key, { since: 2, place: 0 }, "evt_1 ", first);
  await pages.keep("sandbox/evt_12", { since: 2, place: 0 }, "another record's", first);
  expect([...(await pages.read(key, { since: 2, pages: 1 }))]).toEqual([["evt_1 ", first]]);
  await pages.keep(key, { since: 2, place: 1 }, "evt_1 /v1/payments?page=2", last);
  expect((await pages.read(key, { since: 2, pages: 2 })).get("evt_1 /v1/payments?page=2")).toEqual(last);
  await pages.forget(key, { since: 2, pages: 2 });
  expect((await pages.read(key, { since: 2, pages: 2 })).size).toBe(0);
  expect((await pages.read("sandbox/evt_12", { since: 2, pages: 1 })).size).toBe(1);
  await close();
});

test("more pages than one answer of the table carries come back all the same, and a page of a hundred payments is small", async () => {
  const { pages, close } = await setUp();
  const events = Array.from({ length: 8_000 }, (_, at) => paymentEvent({ id: `${at}`, charge: String(Math.sin(at)) }));
  for (let place = 0; place < 12; place++) await pages.keep(key, { since: 1, place }, String(place), { events });
  const read = await pages.read(key, { since: 1, pages: 12 });
  expect([...read.keys()].sort()).toEqual(Array.from({ length: 12 }, (_, place) => String(place)).sort());
  expect(read.get("11")?.events).toHaveLength(8_000);
  await close();
});

import { expect, test } from "vitest";
import { type AuditEntry, createAudit } from "../../../io/ledger/audit.ts";
import { createStores } from "../../support/aws/stores.ts";
import { noon } from "../../support/samples.ts";

const setup = async () => {
  const { client, aws } = await createStores();
  let tossed = 0;
  return createAudit({ client, table: aws.ledgerTable, random: () => (tossed++ % 1_000) / 1_000 });
};

const entry = (at: number, what = "replay"): AuditEntry => ({ at, by: "ann", what, to: "sandbox/evt_1", why: "the parser was fixed: 円" });

test("entries are read by the UTC day of their time, oldest first, as they were noted", async () => {
  const audit = await setup();
  const midnight = Date.UTC(2026, 10, 21);
  const entries = [midnight - 1, noon + 5, noon, midnight].map((at) => entry(at));
  for (const one of entries) await audit.note(one);
  expect(await Array.fromAsync(audit.ofDay("2026-11-20"))).toEqual([entry(noon), entry(noon + 5), entry(midnight - 1)]);
  expect(await Array.fromAsync(audit.ofDay("2026-11-21"))).toEqual([entry(midnight)]);
  expect(await Array.fromAsync(audit.ofDay("2026-11-22"))).toEqual([]);
});

test("entries of one moment are all kept, however many, and so are more than one page", async () => {
  const audit = await setup();
  const why = "w".repeat(20_000);
  await Promise.all(Array.from({ length: 80 }, (_, at) => audit.note({ ...entry(noon, `action ${at}`), why })));
  const read = await Array.fromAsync(audit.ofDay("2026-11-20"));
  expect(new Set(read.map(({ what }) => what)).size).toBe(80);
});

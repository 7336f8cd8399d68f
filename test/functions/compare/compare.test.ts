import { DeleteObjectCommand } from "@aws-sdk/client-s3";
import { describe, expect, test } from "vitest";
import { mostDifferences } from "../../../functions/steps/compare/compare-arrived.ts";
import { createExchange, csv } from "./put-export.ts";

const day = 86_400_000;

describe("an export that is put into the bucket", () => {
  test("is compared: its run, its findings, its report and one message to the topic", async () => {
    const shop = await createExchange();
    await shop.send({ id: "evt_1", charge: "ch_1" });
    const content = csv([{ payment: "ch_1" }, { payment: "ch_2", amount: 500 }]);
    expect(await shop.arrive("exports/sandbox/october.csv", content)).toEqual({ batchItemFailures: [] });
    expect(shop.reported).toEqual([]);
    expect(await shop.runs()).toMatchObject([{ by: "holdfast", lines: 2, matched: 1, files: [{ name: "october.csv" }] }]);
    expect(await shop.openFindings()).toEqual(["EXPORT:sandbox/ch_2"]);
    const reports = await shop.reports();
    expect(reports.map((key) => key.replace(/-[0-9a-f]{12}\./, "."))).toEqual([
      "reports/sandbox/2026-11-20-october.csv.csv",
      "reports/sandbox/2026-11-20-october.csv.html",
      "reports/sandbox/2026-11-20-october.csv.json",
    ]);
    expect(await shop.report(".html")).toContain("<h1>Reconciliation of sandbox</h1>");
    expect(await shop.report(".csv")).toContain("never sent,missing");
    expect(JSON.parse(await shop.report(".json"))).toMatchObject({
      findings: { raised: ["EXPORT:sandbox/ch_2"], updated: [], closed: [] },
    });
    expect(shop.world.mail).toHaveLength(1);
    const [{ subject = "", text = "" } = {}] = shop.world.mail;
    expect(subject).toBe("test: sandbox, october.csv: 79.83 % of JPY explained, 1 difference");
    expect(text).toContain("Money: 1,980 JPY of 2,480 JPY explained.");
    expect(text).toContain("never sent, missing: 1, 500 JPY");
    expect(text).toContain("Findings: 1 new, 0 updated, 0 closed.");
    expect(text).toContain(`The report: s3://${shop.world.aws.bucket}/${reports[1]}`);
    expect(text).toContain("npx holdfast findings list --class EXPORT --state open");
    expect(text).toContain(`aws s3 cp s3://${shop.world.aws.bucket}/exports/sandbox/october.csv october.csv`);
    expect(text).toContain("npx holdfast reconcile --source sandbox --export october.csv --recover");
    expect(text).not.toContain("ch_2");
  });

  test("twice, by its notification or under another name, changes nothing the second time, and sends no second message", async () => {
    const shop = await createExchange();
    const content = csv([{ payment: "ch_1" }]);
    await shop.arrive("exports/sandbox/october.csv", content);
    const before = { reports: await shop.reports(), runs: await shop.runs(), findings: await shop.openFindings() };
    shop.world.time.now += 3 * day;
    await shop.hear(await shop.said("exports/sandbox/october.csv"), await shop.said("exports/sandbox/october.csv"));
    await shop.arrive("exports/sandbox/october (1).csv", content);
    expect({ reports: await shop.reports(), runs: await shop.runs(), findings: await shop.openFindings() }).toEqual(before);
    expect(shop.world.mail).toHaveLength(1);
  });

  test("and crashed when its run was kept, is reported and told with the next attempt", async () => {
    const shop = await createExchange();
    const { publish } = shop.dependencies.alarmTopic;
    shop.dependencies.alarmTopic.publish = async () => {
      throw new Error("SNS is away");
    };
    expect(await shop.arrive("exports/sandbox/october.csv", csv([{ payment: "ch_1" }]))).toEqual({
      batchItemFailures: [{ itemIdentifier: "m-0" }],
    });
    expect((await shop.reports()).some((key) => key.endsWith(".json"))).toBe(false);
    shop.dependencies.alarmTopic.publish = publish;
    await shop.hear(await shop.said("exports/sandbox/october.csv"));
    expect(shop.world.mail).toHaveLength(1);
    expect((await shop.reports()).filter((key) => key.endsWith(".json"))).toHaveLength(1);
    expect(await shop.runs()).toHaveLength(1);
  });

  test("has a name that a form would encode", async () => {
    const shop = await createExchange();
    await shop.arrive("exports/sandbox/売上 2026年10月+税.csv", csv([{ payment: "ch_1" }]));
    expect(shop.reported).toEqual([]);
    expect(await shop.runs()).toMatchObject([{ files: [{ name: "売上 2026年10月+税.csv" }] }]);
    expect(shop.world.mail[0]?.subject).toMatch(/^[\x20-\x7e]{1,100}$/);
  });

  test("covers the month that its name begins with, in the zone of its source's exports", async () => {
    const { mappings } = (await createExchange()).world.config.sources.sandbox?.exports ?? {};
    const shop = await createExchange({ mappings: mappings ?? [], zone: "Asia/Tokyo" });
    // Recorded on the first of the month there, and before the file's first line.
    await shop.send({ id: "evt_1", charge: "ch_1", created: Date.UTC(2026, 9, 31, 15, 30) / 1_000 });
    await shop.arrive("exports/sandbox/2026-11.csv", csv([{ payment: "ch_2" }]));
    expect(await shop.runs()).toMatchObject([{ from: Date.UTC(2026, 9, 31, 15), asOf: Date.UTC(2026, 10, 30, 15) }]);
    expect(await shop.openFindings()).toEqual(["EXPORT:sandbox/ch_1", "EXPORT:sandbox/ch_2"]);
  });

  test("covers what was put beside it as metadata", async () => {
    const shop = await createExchange();
    await shop.arrive("exports/sandbox/2026-11.csv", csv([{ payment: "ch_2" }]), {
      "as-of": "2026-11-21",
      from: "2026-11-20T09:00:00+09:00",
    });
    expect(await shop.runs()).toMatchObject([{ from: Date.UTC(2026, 10, 20), asOf: Date.UTC(2026, 10, 21) }]);
  });
});

describe("the files of a folder", () => {
  const first = csv([{ payment: "ch_1" }]);
  const second = csv([{ payment: "ch_2" }]);

  test("are one export, compared once when the last of them is there, in whatever order they are heard of", async () => {
    const shop = await createExchange();
    await shop.send({ id: "evt_1", charge: "ch_1" }, { id: "evt_2", charge: "ch_2" });
    await shop.put("exports/sandbox/october/part-1.csv", first);
    await shop.put("exports/sandbox/october/part-2.csv", second);
    await shop.hear(await shop.said("exports/sandbox/october/part-2.csv"), await shop.said("exports/sandbox/october/part-1.csv"));
    expect(await shop.runs()).toMatchObject([{ lines: 2, matched: 2, files: [{ name: "part-1.csv" }, { name: "part-2.csv" }] }]);
    expect(shop.world.mail).toMatchObject([{ subject: "test: sandbox, october: 100 % of JPY explained, nothing differs" }]);
  });

  test("and one that comes later is compared together with those before, which closes what it explains", async () => {
    const shop = await createExchange();
    await shop.send({ id: "evt_1", charge: "ch_1" }, { id: "evt_2", charge: "ch_2" });
    await shop.arrive("exports/sandbox/2026-11/part-1.csv", first);
    expect(await shop.openFindings()).toEqual(["EXPORT:sandbox/ch_2"]);
    await shop.arrive("exports/sandbox/2026-11/part-2.csv", second);
    expect(await shop.openFindings()).toEqual([]);
  });
});

describe("is not compared, and says why in a report and to the topic, once:", () => {
  const refusals: readonly (readonly [string, string, string, RegExp])[] = [
    ["a file that nobody can read", "exports/sandbox/x.csv", "%PDF-1.4 \u0000", /holdfast reconcile --sample x\.csv/],
    ["an empty one", "exports/sandbox/empty.csv", "", /the file is empty\. Fetch it again/],
    [
      "one of an unknown source",
      "exports/sandbx/x.csv",
      "a,b",
      /no source sandbx; is it sandbox\?[\s\S]*aws s3 mv s3:\S+\/exports\/sandbx\/x\.csv s3:\S+\/exports\/sandbox\/x\.csv/,
    ],
    ["one of no source", "exports/x.csv", "a,b", /under exports\/SOURCE\/[\s\S]*aws s3 mv/],
    [
      "one whose metadata is no time",
      "exports/sandbox/2026-11.csv",
      csv([{ payment: "ch_1" }]),
      /metadata as-of of 2026-11\.csv is "soon"/,
    ],
  ];
  test.each(refusals)("%s", async (_, key, content, why) => {
    const shop = await createExchange();
    const metadata = key.includes("2026-11") ? { "as-of": "soon" } : undefined;
    expect(await shop.arrive(key, content, metadata)).toEqual({ batchItemFailures: [] });
    await shop.hear(await shop.said(key));
    expect(shop.reported).toEqual([]);
    expect(await shop.report(".error.txt")).toMatch(why);
    expect(JSON.parse(await shop.report(".error.json"))).toMatchObject({ files: [key] });
    expect(shop.world.mail).toHaveLength(1);
    expect(shop.world.mail[0]?.text).toMatch(why);
    expect(await shop.runs()).toEqual([]);
    expect(await shop.openFindings()).toEqual([]);
  });

  test("what a flag would say is said by the configuration, whose path it names", async () => {
    const { mappings = [] } = (await createExchange()).world.config.sources.sandbox?.exports ?? {};
    const zoneless = mappings.map((one) =>
      typeof one === "string" ? one : { ...one, at: [{ columns: ["at"], formats: ["yyyy/MM/dd"] }] },
    );
    const shop = await createExchange({ mappings: zoneless as typeof mappings });
    await shop.arrive("exports/sandbox/x.csv", "payment,at,amount\nch_1,2026/11/20,1980");
    expect(await shop.report(".error.txt")).toContain("sources.sandbox.exports in holdfast.config.ts");
  });

  test("one that is too large, with the command for a machine", async () => {
    const shop = await createExchange(undefined, { capacity: { timelineShards: 8, compare: { largestFileMb: 1 } } });
    await shop.arrive("exports/sandbox/2026-11.csv", Buffer.alloc(1_000_001, "a"));
    expect(await shop.report(".error.txt")).toContain("npx holdfast reconcile --source sandbox --export 2026-11.csv");
  });

  test("one that differs in more than an operator would want kept unseen: nothing of it is", async () => {
    const shop = await createExchange();
    const rows = Array.from({ length: mostDifferences + 1 }, (_, index) => ({ payment: `ch_${index}` }));
    await shop.arrive("exports/sandbox/2026-11.csv", csv(rows));
    expect(await shop.report(".error.txt")).toMatch(
      /It has 10001 differences[\s\S]*npx holdfast reconcile --source sandbox --export 2026-11\.csv/,
    );
    expect(await shop.runs()).toEqual([]);
    expect(await shop.openFindings()).toEqual([]);
  });

  test("one that does not end in time, with the command for a machine, and it is not tried again", async () => {
    const shop = await createExchange();
    shop.state.timeLeft = 120_000;
    expect(await shop.arrive("exports/sandbox/2026-11.csv", csv([{ payment: "ch_1" }]))).toEqual({ batchItemFailures: [] });
    expect(await shop.report(".error.txt")).toMatch(
      /could not be compared in the time[\s\S]*reconcile --source sandbox --export 2026-11\.csv --from 2026-11-01T00:00:00\.000Z --as-of 2026-12-01T00:00:00\.000Z/,
    );
  });
});

describe("nothing comes of", () => {
  test.each([
    ["what a console makes for a folder", "exports/sandbox/october/"],
    ["a report, were it said", "reports/sandbox/x.csv"],
  ])("%s", async (_, key) => {
    const shop = await createExchange();
    expect(await shop.arrive(key, "")).toEqual({ batchItemFailures: [] });
    expect(shop.world.mail).toEqual([]);
  });

  test("one that was deleted or overwritten since: the later one's own notification has it compared", async () => {
    const shop = await createExchange();
    await shop.put("exports/sandbox/x.csv", csv([{ payment: "ch_1" }]));
    const first = await shop.said("exports/sandbox/x.csv");
    await shop.put("exports/sandbox/x.csv", csv([{ payment: "ch_2" }]));
    await shop.hear(first);
    expect(await shop.runs()).toEqual([]);
    const second = await shop.said("exports/sandbox/x.csv");
    await shop.s3.send(new DeleteObjectCommand({ Bucket: shop.world.aws.bucket, Key: "exports/sandbox/x.csv" }));
    expect(await shop.hear(second)).toEqual({ batchItemFailures: [] });
    expect(await shop.runs()).toEqual([]);
  });

  test("S3's own message when it is set up; one that S3 did not write stays in the queue", async () => {
    const shop = await createExchange();
    expect(await shop.hear(JSON.stringify({ Service: "Amazon S3", Event: "s3:TestEvent" }), "{}")).toEqual({
      batchItemFailures: [{ itemIdentifier: "m-1" }],
    });
  });
});

test("of two in one message, one that fails does not keep the other from being compared", async () => {
  const shop = await createExchange();
  const read = shop.dependencies.exports.look;
  Object.assign(shop.dependencies.exports, {
    look: async (key: string) => {
      if (key.endsWith("bad.csv")) throw new Error("S3 is away");
      return read.call(shop.dependencies.exports, key);
    },
  });
  await shop.put("exports/sandbox/good.csv", csv([{ payment: "ch_1" }]));
  const bad = JSON.parse(await shop.said("exports/sandbox/good.csv")) as { Records: { s3: { object: { key: string } } }[] };
  const records = [structuredClone(bad.Records[0]), bad.Records[0]];
  if (records[0]) records[0].s3.object.key = "exports%2Fsandbox%2Fbad.csv";
  expect(await shop.hear(JSON.stringify({ Records: records }))).toEqual({ batchItemFailures: [{ itemIdentifier: "m-0" }] });
  expect(await shop.runs()).toHaveLength(1);
});

describe("what an export proves and no callback has said", () => {
  test("is entered when the configuration says so, and is no finding then", async () => {
    const { mappings = [] } = (await createExchange()).world.config.sources.sandbox?.exports ?? {};
    const shop = await createExchange({ mappings, recover: "enter" });
    await shop.arrive("exports/sandbox/2026-11.csv", csv([{ payment: "ch_2" }]));
    await shop.world.settle();
    expect(await shop.openFindings()).toEqual([]);
    expect((await shop.world.ledger.contract("sandbox", "ch_2"))?.charges).toHaveLength(1);
    expect(shop.world.application.received).toEqual([]);
    expect(shop.world.mail[0]?.text).toContain("Entered as found by reconciliation: 1 event.");
  });
});

import { expect, test } from "vitest";
import { createCheckpoints } from "../../../../io/ledger/runs/checkpoint.ts";
import { createStores } from "../../../support/aws/stores.ts";
import { noon } from "../../../support/samples.ts";

test("each task has no checkpoint at first, and then the last one set, also when that is earlier", async () => {
  const { client, aws } = await createStores();
  const checkpoints = createCheckpoints({ client, table: aws.ledgerTable });
  expect(await checkpoints.read("first look")).toBeUndefined();
  for (const at of [noon, noon - 1, 0]) {
    await checkpoints.write("first look", at);
    expect(await checkpoints.read("first look")).toBe(at);
  }
  expect(await checkpoints.read("second look")).toBeUndefined();
});

test("a checkpoint that cannot be written or read throws: the task is done again rather than skipped", async () => {
  const { client } = await createStores();
  const checkpoints = createCheckpoints({ client, table: "nowhere" });
  await expect(checkpoints.write("first look", noon)).rejects.toThrow();
  await expect(checkpoints.read("first look")).rejects.toThrow();
});

import { expect, test } from "vitest";
import { createContractHolds } from "../../../io/ledger/holds/contract-hold.ts";
import { createLine } from "../../../io/ledger/line.ts";
import { createStores } from "../../support/aws/stores.ts";
import { noon, progressOf } from "../../support/samples.ts";

test("a contract's line is shown in its order, the hold on the contract first, and no further than was asked", async () => {
  const { client, aws, ledger } = await createStores();
  const line = createLine({ client, table: aws.ledgerTable });
  const name = { source: "sandbox", contract: "sub_1" };
  expect(await line(name, 10)).toEqual([]);
  const standing = [2, 0, 1].map((at) =>
    progressOf(`sandbox/evt_${at}`, { storedAt: noon + at, state: "waiting", contracts: ["sub_1"], inLine: true }),
  );
  for (const progress of standing) await ledger.save(progress, undefined);
  await createContractHolds({ client, table: aws.ledgerTable }).hold(name, "disputed");
  const inOrder = [1, 2, 0].map((at) => ({ contract: "sub_1", key: standing[at]?.key, order: standing[at]?.order }));
  expect(await line(name, 10)).toEqual([{ contract: "sub_1", key: "hold", order: expect.any(String), why: "disputed" }, ...inOrder]);
  expect(await line(name, 2)).toHaveLength(2);
  expect(await line({ source: "other", contract: "sub_1" }, 10)).toEqual([]);
});

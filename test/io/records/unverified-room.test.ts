import { describe, expect, test } from "vitest";
import { createSdkPut } from "../../../io/records/sdk-put.ts";
import { createUnverifiedRoom } from "../../../io/records/unverified-room.ts";
import { createStores } from "../../support/aws/stores.ts";
import { rawCallback } from "../../support/samples.ts";

const small = (at: number) => rawCallback({ body: Buffer.from(`forged ${at}`) });
const large = (at: number) => rawCallback({ body: Buffer.alloc(70_000, `${at},`) });

describe("the room for callbacks that are kept unverified", () => {
  test("has one place for a callback however often it comes, and another for one that differs in a header", async () => {
    const { client, aws } = await createStores();
    const room = createUnverifiedRoom({ put: createSdkPut({ client, table: aws.recordsTable }) });
    expect(await Promise.all(Array.from({ length: 5 }, () => room(small(1))))).toEqual(Array(5).fill("taken"));
    expect(await room(rawCallback({ ...small(1), headers: { "x-topic": "another" } }))).toBe("taken");
  });

  test("is full for a network that has filled it, not for what has a place already, and not for others", async () => {
    const { client, aws } = await createStores();
    const room = createUnverifiedRoom({ put: createSdkPut({ client, table: aws.recordsTable }) });
    const outcomes = [];
    // One after the other: each has little time.
    for (let at = 0; at < 160; at++) outcomes.push(await room(large(at)));
    expect(outcomes.filter((outcome) => outcome === "taken").length).toBeLessThanOrEqual(64);
    expect(outcomes.filter((outcome) => outcome === "full").length).toBeGreaterThan(90);
    expect(await room(large(outcomes.indexOf("taken")))).toBe("taken");
    expect(await room({ ...large(outcomes.indexOf("full")), sourceIp: "203.0.114.7" })).toBe("taken");
    expect(await room(small(1))).toBe("taken");
  });

  test("is not known where the table does not answer", async () => {
    const { client } = await createStores();
    expect(await createUnverifiedRoom({ put: createSdkPut({ client, table: "nowhere" }) })(small(1))).toBe("unknown");
  });
});

import { describe, expect, onTestFinished, test } from "vitest";
import type { Config } from "../../../core/config/config.ts";
import type { Secrets } from "../../../io/secrets.ts";
import { checkPlace } from "../../../operator/doctor/checks.ts";
import { createWorld } from "../../support/world/world.ts";
import { connectionTo } from "../command-line.ts";

const setup = async (changes: Partial<Config> = {}) => {
  const world = await createWorld(changes);
  onTestFinished(() => world.close());
  return { world, connection: connectionTo(world) };
};

describe("the doctor", () => {
  const outcomes = async (connection: Parameters<typeof checkPlace>[0]) =>
    Object.fromEntries((await checkPlace(connection)).map(({ what, outcome, detail }) => [what, `${outcome}: ${detail}`]));

  test("finds nothing wrong where nothing is", async () => {
    const { world, connection } = await setup({
      sources: { sandbox: { gateway: "sandbox", target: "app" }, forms: { gateway: "gmo-pg", target: "app" } },
    });
    await world.sweep();
    const found = await outcomes(connection);
    expect(Object.values(found).filter((one) => one.startsWith("failed"))).toEqual([]);
    expect(found["source sandbox"]).toMatch(/^ok: .*verified by: signature; 1 secret in test\/sandbox; unverified callbacks: refuse/);
    expect(found["source forms"]).toMatch(/^note: /);
    expect(found.conditions).toMatch(/^ok: none holds/);
  });

  test("distinguishes a secret that is missing, empty, not readable with your permissions, or out of reach", async () => {
    const { connection } = await setup();
    const withSecret = (secret: Secrets) => ({
      ...connection,
      secrets: async () => ({ read: async () => secret, renew: async () => false }),
    });
    const said = async (secret: Parameters<typeof withSecret>[0]) => (await outcomes(withSecret(secret)))["source sandbox"];
    const missing = "the secret test/sandbox cannot be read: ResourceNotFoundException";
    expect(await said({ kind: "unreadable", reason: missing, because: "not put" })).toMatch(
      /^failed: .*aws secretsmanager put-secret-value --secret-id test\/sandbox/,
    );
    const reason = "the secret test/sandbox cannot be read: AccessDeniedException";
    expect(await said({ kind: "unreadable", reason, because: "not permitted" })).toMatch(/^unknown/);
    const error = new Error("Region is missing");
    const withoutRegion = await said({ kind: "unreadable", reason: "the secret test/sandbox cannot be read: Error", error });
    expect(withoutRegion).toMatch(/^failed: .*No AWS region is set: set AWS_REGION/);
    expect(withoutRegion).not.toContain("put it there");
    const unknown = { kind: "unreadable", reason: "the secret test/sandbox cannot be read: InternalServiceError" } as const;
    expect(await said({ ...unknown, error: new Error("?") })).toMatch(/^failed: .*cannot be read: InternalServiceError; unverified/);
    expect(await said({ kind: "readable", secrets: [] })).toMatch(/^failed: .*holds no secret/);
    expect(await said({ kind: "readable", secrets: ["a", ""] })).toMatch(/^failed: .*empty/);
  });

  test("says which signatures age, and which are made again when they are sent", async () => {
    const { world, connection } = await setup({
      sources: { sandbox: { gateway: "stripe", target: "app" }, forms: { gateway: "gmo-pg", target: "app" } },
    });
    expect((await outcomes(connection))["target app"]).toMatch(/^note: .*signatures of sandbox \(300 s\) age: .*set `resign: true`/);
    Object.assign(world.config.targets.app ?? {}, { resign: true });
    expect((await outcomes(connectionTo(world)))["target app"]).toMatch(/^ok: .*signed again when it is sent: sandbox \(300 s\)/);
  });

  test("names the missing store, and continues with the others", async () => {
    const { world, connection } = await setup();
    const missing = connectionTo({ ...world, aws: { ...world.aws, ledgerTable: "nobody" } });
    const found = await outcomes(missing);
    expect(found["test-ledger"]).toMatch(/^failed: The stack test is not deployed in this account and region/);
    expect(found["test-records"]).toBe("ok: reachable");
    const inPlace = (all: object) => Object.keys(all).filter((what) => !what.startsWith("condition"));
    expect(inPlace(found)).toEqual(inPlace(await outcomes(connection)));
    expect(found["conditions: dead"]).toMatch(/^unknown: dead-records, crash-dead-letter: The stack test is not deployed/);
  });

  test("checks the credential for reading back, and says when it is missing", async () => {
    const options = { readBackSecret: "shop/paidy-api" };
    const { connection } = await setup({ sources: { paidy: { gateway: "paidy", target: "app", options } } });
    const asked: string[] = [];
    const withoutSecrets = {
      ...connection,
      secrets: async () => ({
        read: async (name: string) => {
          asked.push(name);
          return { kind: "unreadable", reason: `the secret ${name} cannot be read: ResourceNotFoundException` } as const;
        },
        renew: async () => false,
      }),
    };
    expect((await outcomes(withoutSecrets))["source paidy"]).toMatch(
      /^failed: .*for reading back: the secret shop\/paidy-api cannot be read/,
    );
    expect(asked).toEqual(["shop/paidy-api"]);
  });
});

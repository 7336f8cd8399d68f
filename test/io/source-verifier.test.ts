import { describe, expect, test } from "vitest";
import { refused, verified } from "../../core/callback.ts";
import { createSourceVerifier, type SourceGateway } from "../../io/source-verifier.ts";
import { rawCallback, sampleConfig } from "../support/samples.ts";

const raw = rawCallback();

/** Accepts whoever is proven with the secret `right`, and writes down the settings it was shown. */
const setup = (strength: SourceGateway["strength"] = "signature") => {
  const shown: unknown[] = [];
  const gateway: SourceGateway = {
    name: "sandbox",
    strength,
    verify(callback, settings) {
      shown.push(settings);
      const verification = settings.secrets.includes("right") || strength === "none" ? verified(callback) : refused("no secret matches");
      return verification.kind === "verified" ? verification : { kind: "refused", reason: verification.reason };
    },
  };
  const manager = { secrets: [["wrong"]] as (readonly string[] | "away")[], asked: [] as string[], renewals: 0 };
  const now = () => manager.secrets[0] ?? "away";
  const verifier = createSourceVerifier({
    config: sampleConfig,
    secrets: {
      read: async (name) => {
        manager.asked.push(name);
        const secrets = now();
        return secrets === "away" ? { kind: "unreadable", reason: "Secrets Manager is away" } : { kind: "readable", secrets };
      },
      renew: async () => {
        manager.renewals++;
        if (manager.secrets.length < 2) return false;
        manager.secrets.shift();
        return true;
      },
    },
  });
  return { verifier, gateway, shown, manager };
};

describe("a callback", () => {
  test("is verified with its source's secrets and settings, without asking for newer ones", async () => {
    const { verifier, gateway, shown, manager } = setup();
    manager.secrets = [["right"]];
    expect(await verifier.verify(raw, gateway)).toEqual({ kind: "verified", callback: raw });
    expect(shown).toEqual([{ secrets: ["right"], options: { shopId: "7" } }]);
    expect(manager).toMatchObject({ asked: ["test/sandbox"], renewals: 0 });
  });

  test("is verified at the second attempt when the secret has just been rotated", async () => {
    const { verifier, gateway, manager } = setup();
    manager.secrets = [["wrong"], ["right"]];
    expect(await verifier.verify(raw, gateway)).toMatchObject({ kind: "verified" });
    expect(manager.renewals).toBe(1);
  });

  test("is rejected when no secret matches, the newest ones included", async () => {
    const { verifier, gateway, manager, shown } = setup();
    expect(await verifier.verify(raw, gateway)).toEqual({ kind: "refused", reason: "no secret matches" });
    expect(shown).toHaveLength(1);
    manager.secrets = [["wrong"], ["wrong too"]];
    expect(await verifier.verify(raw, gateway)).toEqual({ kind: "refused", reason: "no secret matches" });
  });

  test("stays refused when the newer secret cannot be read after all", async () => {
    const { verifier, gateway, manager } = setup();
    manager.secrets = [["wrong"], "away"];
    expect(await verifier.verify(raw, gateway)).toEqual({ kind: "refused", reason: "no secret matches" });
  });

  test("is neither verified nor rejected while the secret cannot be read", async () => {
    const { verifier, gateway, shown, manager } = setup();
    manager.secrets = ["away"];
    expect(await verifier.verify(raw, gateway)).toEqual({
      kind: "unverifiable",
      cause: { kind: "secret unreadable", secret: expect.stringMatching(/sandbox/), detail: "Secrets Manager is away" },
    });
    expect(shown).toEqual([]);
  });

  test.each(["source address", "none"] as const)(
    "of a gateway whose proof is %s is checked without asking for a secret",
    async (strength) => {
      const { verifier, gateway, manager, shown } = setup(strength);
      expect((await verifier.verify(raw, gateway)).kind).toBe(strength === "none" ? "verified" : "refused");
      expect(manager.asked).toEqual([]);
      expect(manager.renewals).toBe(0);
      expect(shown).toEqual([{ secrets: [], options: { shopId: "7" } }]);
    },
  );

  test("that is a handshake is answered as one, before it is checked", async () => {
    const { verifier, gateway, shown } = setup();
    const reply = { status: 200, contentType: "text/plain", body: "challenge" };
    expect(await verifier.verify(raw, { ...gateway, greet: () => reply })).toEqual({ kind: "greeting", reply });
    expect(shown).toEqual([]);
    expect((await verifier.verify(raw, { ...gateway, greet: () => undefined })).kind).toBe("refused");
  });

  test("that makes its gateway's check throw is refused, so that its bytes are kept until that is fixed", async () => {
    const { verifier, gateway } = setup();
    const broken: SourceGateway = {
      ...gateway,
      verify: () => {
        throw new TypeError("the secret is s3cret");
      },
    };
    expect(await verifier.verify(raw, broken)).toEqual({ kind: "refused", reason: "the check itself failed: TypeError" });
  });
});

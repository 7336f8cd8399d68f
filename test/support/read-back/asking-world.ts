/** The whole path with a source whose gateway is asked for what its callbacks leave out, and its API played on this machine. */
import { onTestFinished } from "vitest";
import type { Config } from "../../../core/config/config.ts";
import { findGateway } from "../../../gateways/index.ts";
import { createWorld } from "../world/world.ts";
import { type Api, type Asked, startApi } from "./fake-api.ts";

export const credential = "sk_test_1";

type World = Awaited<ReturnType<typeof createWorld>>;

/** @param api answered in place of the gateway's; it may be another from one request to the next */
export const createAskingWorld = async (
  gateway: "paidy" | "fincode",
  api: (asked: Asked, world: World) => ReturnType<Api>,
  { mode = "pass-through", ...settings }: { readonly mode?: "pass-through" | "signed" } & Partial<Omit<Config, "sources">> = {},
) => {
  const fake = await startApi((asked) => api(asked, world));
  onTestFinished(() => fake.close());
  const world = await createWorld({
    sources: { mine: { gateway, target: "app", options: { readBackSecret: "shop/api", readBackUrl: fake.url } } },
    ...settings,
  });
  onTestFinished(() => world.close());
  world.apiSecrets.set("shop/api", { kind: "readable", secrets: [credential] });
  Object.assign(world.config.targets.app ?? {}, { mode });
  return {
    world,
    asked: fake.asked,
    receive(body: object) {
      const signed = findGateway(gateway)?.sign(Buffer.from(JSON.stringify(body)), { secrets: world.secrets.secrets }, world.time.now);
      if (!signed) throw new Error(`no ${gateway}`);
      return world.receive({
        ...signed,
        ...(gateway === "paidy" && { sourceIp: "13.114.134.35" }),
        source: "mine",
        url: "https://callbacks.example.com/callbacks/mine",
      });
    },
  };
};

/**
 * The deployable app: `npm run synth`, `npx cdk deploy`. One stack, named after the configuration: this project's
 * `holdfast.config.ts`, or the one whose URL HOLDFAST_CONFIG is, as `holdfast start` has it.
 */
import { App, DefaultStackSynthesizer, type IStackSynthesizer, Stack } from "aws-cdk-lib";
import type { Config } from "../core/config/config.ts";
import { Holdfast } from "../lib/index.ts";

const { default: config } = (await (process.env.HOLDFAST_CONFIG === undefined
  ? import("../holdfast.config.ts")
  : import(process.env.HOLDFAST_CONFIG))) as { readonly default: Config };

const app = new App();
// Without the bootstrap rule the template needs nothing outside of it, and any tool can deploy it.
const synthesizer = new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) as IStackSynthesizer;
const stack = new Stack(app, config.name, { synthesizer });
new Holdfast(stack, "Holdfast", config);

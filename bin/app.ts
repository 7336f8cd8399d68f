/** The deployable app: `npm run synth`, `npx cdk deploy`. One stack, named after the configuration. */
import { App, DefaultStackSynthesizer, type IStackSynthesizer, Stack } from "aws-cdk-lib";
import config from "../holdfast.config.ts";
import { Holdfast } from "../lib/index.ts";

const app = new App();
// Without the bootstrap rule the template asks for nothing that lies outside of it, and any tool can deploy it.
const synthesizer = new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) as IStackSynthesizer;
const stack = new Stack(app, config.name, { synthesizer });
new Holdfast(stack, "Holdfast", config);

/** The project's own CDK app. */
import { App, Stack } from "aws-cdk-lib";
import { Holdfast } from "holdfast";
import config from "./holdfast.config.ts";

new Holdfast(new Stack(new App(), "Shop"), "Callbacks", config);

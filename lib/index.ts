/** What may be imported by name: `import { Holdfast } from "holdfast"`. */
export { type Config, defineConfig } from "../core/config/config.ts";
export { Holdfast, type HoldfastProps } from "./holdfast.ts";
export type { ConsumerNetwork } from "./network.ts";

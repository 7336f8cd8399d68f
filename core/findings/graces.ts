/** How long the two sides may disagree before it is a finding. The configuration's `findings.graces`, in milliseconds. */
import type { Millis } from "../callback.ts";
import { dayMs, hourMs, minuteMs } from "../durations.ts";

export const graceNames = ["grant", "end", "dunning", "confirm", "closure", "sibling", "void", "refund", "renewal"] as const;
export type GraceName = (typeof graceNames)[number];

/** `90m`, `24h`, `14d`. */
export type Duration = `${number}${"m" | "h" | "d"}`;
export type GraceConfig = Readonly<Record<GraceName, Duration>>;
export type Graces = Readonly<Record<GraceName, Millis>>;

export const defaultGraces: GraceConfig = {
  grant: "24h",
  end: "48h",
  dunning: "14d",
  confirm: "48h",
  closure: "48h",
  sibling: "14d",
  void: "72h",
  refund: "7d",
  renewal: "5d",
};

export const durationFormat = /^\d{1,4}[mhd]$/;

const units = { m: minuteMs, h: hourMs, d: dayMs } as const;

/** Of a configuration that was checked. */
export const gracesOf = (config: GraceConfig): Graces =>
  Object.fromEntries(graceNames.map((name) => [name, durationMs(config[name])])) as Record<GraceName, Millis>;

/** Of a configuration that was checked. */
export const durationMs = (text: Duration): Millis => Number(text.slice(0, -1)) * units[text.slice(-1) as keyof typeof units];

/** What is usual for a source's exports: their zone, when a month's has come, and how much of a month may be in none of them. */
import type { ExportsConfig } from "../../config/exports.ts";
import type { Zone } from "../../formats/zone.ts";
import type { ExportKind, Layout } from "../../mapping/layout.ts";
import { type ZoneRef, zoneNamed } from "../../values/zone-name.ts";

export interface Habit {
  /** An export covers a month of its own zone. */
  readonly zone: ZoneRef;
  /** Days after the end of a month; undefined: nobody is to be reminded. */
  readonly comesAfterDays: number | undefined;
  readonly longestGapDays: number;
}

/** Long enough for somebody to fetch it in the first working week. */
const usualDays = 5;
/** A longer stretch without a single payment is a part that is missing. */
const usualGapDays = 5;
/** A whole month. */
const anyGap = 31;

/** @param kinds all that are built in */
export const habitOf = (
  { gateway, exports = {} }: { readonly gateway: string; readonly exports?: ExportsConfig | undefined },
  kinds: readonly ExportKind[],
  deployment: Zone,
): Habit => {
  const { zone, mappings = [], remindAfterDays, longestGapDays } = exports;
  const own = mappings.filter((one) => typeof one !== "string");
  const ofGateway = kinds.filter((kind) => kind.gateway === gateway);
  const layouts: readonly Layout[] = own.length > 0 ? own : ofGateway;
  const named = zone ?? layouts.flatMap(({ at = [] }) => at.flatMap((rule) => (typeof rule.zone === "string" ? [rule.zone] : [])))[0];
  const latest = ofGateway.reduce((most, { comesAfterDays = usualDays }) => Math.max(most, comesAfterDays), usualDays);
  return {
    zone: (named === undefined ? undefined : zoneNamed(named)) ?? deployment,
    comesAfterDays: remindAfterDays === false ? undefined : (remindAfterDays ?? latest),
    longestGapDays: longestGapDays ?? (ofGateway.some(({ isOfOneDay }) => isOfOneDay) ? anyGap : usualGapDays),
  };
};

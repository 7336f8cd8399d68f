/** The share of the money that was explained, from run to run: a line that needs no script. */

import { localDateText } from "../../formats/local-time.ts";
import type { Zone } from "../../formats/zone.ts";
import { percent, type ReconciliationRun, shareOf } from "../run.ts";
import { text } from "./html.ts";

const [width, height, left, top, bottom] = [600, 160, 56, 16, 28];

/** Of the currency that was moved most, in the runs that have it. @param runs oldest first */
export const trendLine = (runs: readonly ReconciliationRun[], currency: string, zone: Zone): string => {
  const points = runs.flatMap(({ asOf, money }) => {
    const one = money.find((sum) => sum.currency === currency);
    return one ? [{ asOf, share: shareOf(one) }] : [];
  });
  const [first, last] = [points[0], points.at(-1)];
  if (points.length < 2 || !first || !last) return "";
  const least = Math.min(...points.map(({ share }) => share));
  // From just below the least: the differences are small, and they are what is looked for.
  const floor = Math.max(0, least - Math.max(0.001, (1 - least) / 4));
  const x = (index: number): number => left + (index / (points.length - 1)) * (width - left - 8);
  const y = (share: number): number => top + ((1 - share) / (1 - floor)) * (height - top - bottom);
  const places = points.map(({ asOf, share }, index) => ({
    ...{ cx: x(index).toFixed(1), cy: y(share).toFixed(1) },
    says: `${localDateText(asOf, zone)}: ${percent(share)}`,
  }));
  const label = `Explained of ${currency}: from ${percent(first.share)} to ${percent(last.share)} over ${points.length} comparisons`;
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${text(label)}">
<line x1="${left}" y1="${top}" x2="${width - 8}" y2="${top}"/><text x="0" y="${top + 4}">100 %</text>
<text x="0" y="${(y(least) + 4).toFixed(1)}">${least < 1 ? percent(least) : ""}</text>
<polyline points="${places.map(({ cx, cy }) => `${cx},${cy}`).join(" ")}"/>
${places.map(({ cx, cy, says }) => `<circle cx="${cx}" cy="${cy}" r="3"><title>${text(says)}</title></circle>`).join("")}
<text x="${left}" y="${height - 8}">${text(localDateText(first.asOf, zone))}</text><text x="${width - 8}" y="${height - 8}" text-anchor="end">${text(localDateText(last.asOf, zone))}</text>
</svg>`;
};

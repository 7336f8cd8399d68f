/** What the gateways say, and what it means: as a matrix, and by the types of each. */

import { table } from "../../bench/markdown-table.ts";
import type { Gateway } from "../../gateways/index.ts";
import { gateways } from "../../gateways/index.ts";
import { momentEvents } from "../../gateways/moment.ts";
import type { playedBy } from "./play-gateways.ts";

const kinds = Object.entries(momentEvents).flatMap(([kind, events]) => (events.length > 0 ? [kind] : []));

export const matrix = (played: ReturnType<typeof playedBy>): readonly string[] =>
  table(
    ["", ...Object.values(gateways).map(({ name }) => name)],
    kinds.map((kind) => [
      kind,
      ...Object.values(gateways).map(({ name }) => {
        const events = (played.get(name)?.get(kind) ?? []).filter(({ type }) => type !== "notice");
        if (events.length === 0) return "";
        return events.some(({ incomplete = [] }) => incomplete.length > 0) ? "(+)" : "+";
      }),
    ]),
  );

export const sentBy = ({ name }: Gateway, played: ReturnType<typeof playedBy>): string =>
  [...(played.get(name) ?? [])]
    .map(([kind, events]) => {
      const types = [...new Set(events.map(({ gatewayType }) => `\`${gatewayType}\``))].join(" ");
      const without = [...new Set(events.flatMap(({ incomplete = [] }) => incomplete))];
      const notice = events.every(({ type }) => type === "notice") ? " (a notice)" : "";
      return `${kind}: ${types}${without.length > 0 ? ` without ${without.join(", ")}` : ""}${notice}`;
    })
    .join("; ");

/** The table of kinds in docs/exports.md, from the layouts that the gateways publish. */
import { table } from "../bench/markdown-table.ts";
import type { DateRule, ExportKind } from "../core/mapping/layout.ts";
import { hasOffset } from "../core/reconcile/reading/rules/stated.ts";
import { exportKinds } from "../gateways/registry/export-kinds.ts";
import { withPart } from "./marked.ts";

/** The page with its table of kinds written again. Throws when a mark around it is missing. */
export const withExportKinds = (page: string): string =>
  withPart(
    page,
    "kinds",
    table(
      ["kind", "what it is", "what only you can say"],
      exportKinds.map((kind) => [`\`${kind.name}\``, about(kind), operatorSays(kind).join("; ")]),
    ),
  );

const about = ({ title, header, columns = [], remark }: ExportKind): string =>
  [title, ...(header === "none" ? [`${columns.length} columns, with or without a header`] : []), ...(remark ? [remark] : [])].join("; ");

/** The flags of `holdfast reconcile` that a file of the kind may need, each with when. */
export const operatorSays = (kind: ExportKind): readonly string[] => {
  const dates = [...(kind.at ?? []), ...(kind.about === "contracts" ? (kind.endedAt ?? []) : [])];
  const flags = dates.flatMap((rule) => saidOfDates(rule, dates.length > 1));
  const numbers = kind.about === "money" && (kind.numbers ?? []).length > 1 ? ["`--decimal` where no line shows it"] : [];
  const currency = kind.about === "money" && kind.currency === undefined ? ["`--currency`"] : [];
  return [...currency, ...flags, ...numbers];
};

const saidOfDates = ({ columns, formats = [], oneOf = [], zone }: DateRule, isOneOfSeveral: boolean): readonly string[] => {
  const all = [...formats, ...oneOf];
  const zoneFlag =
    typeof zone === "object"
      ? [`\`--zone-name\` where several countries use the abbreviation in \`${zone.column}\``]
      : zone !== undefined || all.every(hasOffset)
        ? []
        : all.some(hasOffset)
          ? ["`--zone` where a time has no offset"]
          : [`\`--zone\`${isOneOfSeveral ? ` where its times are in \`${columns.join("` and `")}\`` : ""}`];
  return [...zoneFlag, ...(oneOf.length > 1 ? ["`--date-order` where no line shows it"] : [])];
};

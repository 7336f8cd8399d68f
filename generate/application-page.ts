/** The tables of docs/application.md, from the types and the schema. */

import { table } from "../bench/markdown-table.ts";
import { applicationEventTypes } from "../core/application/event.ts";
import { applicationFields, typeWords, wordsOf } from "./application-schema.ts";
import { withPart } from "./marked.ts";

/** The page with its generated parts written again. Throws when a mark around one is missing. */
export const withApplicationTables = (page: string): string => withPart(withPart(page, "types", types()), "fields", fields());

const types = (): readonly string[] =>
  table(
    ["type", "what it says"],
    applicationEventTypes.map((type) => [`\`${type}\``, typeWords[type]]),
  );

const fields = (): readonly string[] =>
  applicationEventTypes.flatMap((type) => [
    `**\`${type}\`**`,
    "",
    ...table(
      ["field of `data`", "always there", "what it is"],
      Object.entries(applicationFields[type]).map(([name, field]) => [
        `\`${name}\``,
        (field as { readonly optional?: true }).optional ? "" : "yes",
        wordsOf(type)[name] ?? "",
      ]),
    ),
    "",
  ]);

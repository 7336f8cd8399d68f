/** The conditions that hold, judged by the same table and the same looks as `status`. */
import { type Holding, judge } from "../../core/conditions/conditions.ts";
import { errorMessage } from "../../core/failure.ts";
import { counted } from "../../core/formats/counted.ts";
import type { Connection } from "../connect/connect.ts";
import { lookAt, placeOf } from "../status/look.ts";
import { explain } from "../terminal/explain.ts";
import { spanText } from "../terminal/time-words.ts";
import type { Check } from "./check.ts";

/** One line for each condition that holds and for each part that could not be looked at; a single one when all is well. */
export const conditionChecks = async (connection: Connection): Promise<readonly Check[]> => {
  const now = connection.clock();
  const place = placeOf(connection);
  try {
    const { looks } = await lookAt(connection);
    const { holding, unknown, alarmsOnly } = judge(looks, { now, config: connection.config }, place);
    if (holding.length + unknown.length === 0)
      return [{ what: "conditions", outcome: "ok", detail: `none holds; ${counted(alarmsOnly.length, "other")} only CloudWatch sees` }];
    return [
      ...holding.map((one) => holdingCheck(one, now)),
      ...unknown.map(
        ({ part, why, conditions }): Check => ({
          what: `conditions: ${part}`,
          outcome: "unknown",
          detail: `${conditions.join(", ")}: ${why}`,
        }),
      ),
    ];
  } catch (error) {
    const explained = explain(error, { name: connection.config.name, local: connection.local !== undefined });
    return [{ what: "conditions", outcome: "unknown", detail: explained?.message ?? errorMessage(error) }];
  }
};

const holdingCheck = ({ name, severity, about, what, since, next }: Holding, now: number): Check => ({
  what: `condition ${name}${about === undefined ? "" : ` ${about}`}`,
  outcome: severity === "notice" ? "note" : "failed",
  detail: `${severity}${since === undefined ? "" : `, for ${spanText(now - since)}`}: ${what}; ${next.join("; ")}`,
});

/** The result of `storm` for people. */
import { columns } from "../columns.ts";
import type { StormOptions, StormResult } from "./storm.ts";

export const stormReport = (result: StormResult, { callbacks, perSecond, kills }: StormOptions): string => {
  const { outageSeconds, backlog, backlogGoneAfterSeconds, notDelivered, overtaking, twice, failedRequests } = result;
  const row = (what: string, value: string, goal: string, isMet: boolean) => [what, value, `${goal}${isMet ? "" : ", missed"}`];
  const seconds = (value: number) => `${value.toFixed(1)} s`;
  return [
    `${callbacks} callbacks at ${perSecond} a second; the application down for the middle third, the stack killed ${kills} times with its engines.`,
    `Down for ${seconds(outageSeconds)}, which left ${backlog} to be delivered. ${failedRequests} requests were not acknowledged, and sent again.`,
    "",
    columns(
      ["", "measured", "goal"],
      [
        row("backlog gone after", seconds(backlogGoneAfterSeconds), `< ${seconds(outageSeconds)}`, backlogGoneAfterSeconds < outageSeconds),
        row("acknowledged, not delivered", String(notDelivered), "0", notDelivered === 0),
        row("delivered before an earlier one of its contract", String(overtaking), "0", overtaking === 0),
        row("delivered twice, in flight at a kill", String(twice.inFlight), "any", true),
        row("delivered twice otherwise", String(twice.others), "0", twice.others === 0),
      ],
    ),
  ].join("\n");
};

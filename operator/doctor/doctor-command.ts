/** `holdfast doctor`: whether everything is in place. */
import { counted } from "../../core/formats/counted.ts";
import { connect, type Place } from "../connect/connect.ts";
import { readConfig } from "../connect/load-config.ts";
import { type Exit, exit } from "../terminal/exit.ts";
import { type Cell, createTable } from "../terminal/table.ts";
import { printJson, type Terminal } from "../terminal/terminal.ts";
import type { Check } from "./check.ts";
import { checkPlace } from "./checks.ts";

export const doctor = async (place: Place, terminal: Terminal): Promise<Exit> => {
  const checks = await checksOf(place);
  if (terminal.json) await printJson(terminal, checks);
  else await terminal.print(asText(checks, terminal));
  return checks.some(({ outcome }) => outcome === "failed") ? exit.person : exit.ok;
};

const checksOf = async (place: Place): Promise<readonly Check[]> => {
  if (!place.local) {
    const { problems } = await readConfig(place.config);
    const found = problems.map(({ path, value, message }): Check => {
      const given = value === undefined ? "" : ` = ${JSON.stringify(value)}`;
      return { what: "configuration", outcome: "failed", detail: `${path || "config"}${given}: ${message}` };
    });
    // Everything else depends on the configuration.
    if (found.length > 0) return found;
  }
  return checkPlace(await connect(place));
};

const asText = (checks: readonly Check[], terminal: Terminal): string => {
  const { green, yellow, red } = terminal.colours;
  const paint = { ok: green, note: yellow, unknown: yellow, failed: red };
  const rows = checks.map(({ what, outcome, detail }): readonly Cell[] => [{ text: outcome, paint: paint[outcome] }, what, detail]);
  const failed = checks.filter(({ outcome }) => outcome === "failed").length;
  const table = createTable([{ title: "" }, { title: "CHECKED" }, { title: "FOUND" }], { ...terminal, width: undefined })(rows);
  return `${table}\n${failed === 0 ? "Nothing is wrong." : `${counted(failed, "check")} failed.`}\n`;
};

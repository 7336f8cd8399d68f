/** A terminal that nobody looks at. */
import picocolors from "picocolors";
import type { Terminal } from "../../../operator/cli/print/terminal.ts";

export const silent: Terminal = {
  json: false,
  width: undefined,
  colours: picocolors.createColors(false),
  interactive: false,
  print: async () => {},
  say: () => {},
  ask: async () => "",
  onInterrupt: () => () => {},
};

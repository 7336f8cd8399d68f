/** Beside what lists records: that something else came under the ids of some. */
import { counted } from "../../core/formats/counted.ts";
import type { Connection } from "../connect/connect.ts";
import type { Terminal } from "../terminal/terminal.ts";

export const sayOpenConflicts = async (connection: Pick<Connection, "open" | "command">, terminal: Terminal): Promise<void> => {
  const count = await connection.open.count("conflict");
  if (count > 0)
    terminal.say(`${counted(count, "callback")} came under a known id with another content: ${connection.command("conflicts")}`);
};

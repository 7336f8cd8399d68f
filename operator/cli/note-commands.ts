/** Notes of people on a contract or an account. Those on a finding are in finding-commands.ts. */
import { InvalidArgumentError } from "commander";
import { checkSource, operatorName } from "../arguments/arguments.ts";
import { type Common, type Program, withPlace } from "./program.ts";

export const noteArgument = (text: string): string => {
  if (text.trim() === "" || text.length > 1_000) throw new InvalidArgumentError("Write 1 to 1,000 characters.");
  return text;
};

type Asked = Common & { readonly by: string };

export const addNoteCommands = ({ program, connected }: Program): void => {
  const note = program.command("note").description("Put a note on a contract or an account, into its line of time.");

  withPlace(note.command("contract").description("Put a note on a contract, or on a payment."))
    .argument("<contract>", "source/id, or its id alone")
    .argument("<text>", "what is to be known, up to 1,000 characters", noteArgument)
    .option("--source <source>", "its source")
    .option("--by <name>", "who you are", operatorName())
    .action((typed: string, text: string, { by, source, ...options }: Asked & { readonly source?: string }) =>
      connected(options, async (connection, terminal) => {
        checkSource(connection, source);
        return (await import("../note/note-command.ts")).noteOnContract(connection, terminal, { typed, text, by, source });
      }),
    );

  withPlace(note.command("account").description("Put a note on an account."))
    .argument("<account>", "the application's own id of it")
    .argument("<text>", "what is to be known, up to 1,000 characters", noteArgument)
    .option("--by <name>", "who you are", operatorName())
    .action((typed: string, text: string, { by, ...options }: Asked) =>
      connected(options, async (connection, terminal) =>
        (await import("../note/note-command.ts")).noteOnAccount(connection, terminal, { typed, text, by }),
      ),
    );
};

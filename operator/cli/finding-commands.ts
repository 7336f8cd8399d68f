/** The commands about findings: list and show, and an operator's decisions, each in the audit trail. */
import { type FindingClass, findingClasses } from "../../core/findings/finding.ts";
import { type FindingState, findingStates } from "../../core/findings/lifecycle/stored.ts";
import { checkSource, countArgument, type Moment, momentArgument, operatorName, wordsArgument } from "../arguments/arguments.ts";
import { noteArgument } from "./note-commands.ts";
import { type Common, type Program, withList, withPlace, withReason } from "./program.ts";

interface ListOptions extends Common {
  readonly class?: readonly FindingClass[];
  readonly source?: string;
  readonly contract?: string;
  readonly account?: string;
  readonly state?: readonly FindingState[];
  readonly before?: Moment;
  readonly money?: number;
  readonly limit: number;
}

type Decision = Common & { readonly by: string; readonly why: string };

export const addFindingCommands = ({ program, connected }: Program): void => {
  const findings = program.command("findings").description("Where a gateway and the application disagree, or money is at risk.");

  withList(
    findings
      .command("list", { isDefault: true })
      .description("List findings, the most money first, then the oldest; open ones by default."),
  )
    .option("--class <class>", "only these: A1, A3, CLOSE ...; several with commas", wordsArgument(findingClasses, "Classes"))
    .option("--source <source>", "only this source")
    .option("--contract <contract>", "only this contract: source/id, or its id alone")
    .option("--account <account>", "only this account")
    .option("--state <state>", "only these states, also settled ones; several with commas", wordsArgument(findingStates, "States"))
    .option("--before <time>", "began by then: 14d ago, or a day or time", momentArgument)
    .option("--money <minor>", "at least so many minor units at stake, in any currency", countArgument)
    .option("--limit <n>", "how many", countArgument, 50)
    .action((options: ListOptions) =>
      connected(options, async (connection, terminal) => {
        checkSource(connection, options.source);
        const { class: classes, state: states, money: atLeast, before, limit, ...rest } = options;
        const began = before && { before: before(connection.clock(), connection.config.zone) };
        const { findingsList } = await import("../findings/findings-command.ts");
        return findingsList(connection, terminal, { filter: { ...rest, ...began, classes, states, atLeast }, limit });
      }),
    );

  withPlace(findings.command("show").description("Show one finding: what is at stake, what was said, what to do."))
    .argument("<finding>", "its id, from the list")
    .action((id: string, options: Common) =>
      connected(options, async (connection, terminal) =>
        (await import("../findings/findings-command.ts")).findingsShow(connection, terminal, id),
      ),
    );

  withPlace(findings.command("digest").description("Show what is sent to the alarm topic once a day, as it would be now.")).action(
    (options: Common) =>
      connected(options, async (connection, terminal) =>
        (await import("../findings/findings-command.ts")).findingsDigest(connection, terminal),
      ),
  );

  withPlace(findings.command("take").description("Say that you work on it."))
    .argument("<finding>", "its id, from the list")
    .option("--by <name>", "who you are", operatorName())
    .action((id: string, options: Common & { readonly by: string }) =>
      connected(options, async (connection, terminal) =>
        (await import("../findings/findings-command.ts")).findingsDecide(connection, terminal, id, { kind: "take", by: options.by }),
      ),
    );

  for (const [kind, description] of [
    ["handle", "Say that it is done, and how. When it happens once more, it is open again; a notice is not."],
    ["dismiss", "Say that it is none. It stays silent, whatever happens."],
  ] as const)
    withReason(findings.command(kind).description(description))
      .argument("<finding>", "its id, from the list")
      .action((id: string, { by, why, ...options }: Decision) =>
        connected(options, async (connection, terminal) =>
          (await import("../findings/findings-command.ts")).findingsDecide(connection, terminal, id, { kind, by, why }),
        ),
      );

  withPlace(findings.command("reopen").description("Open one again that was taken, handled or dismissed."))
    .argument("<finding>", "its id, from the list")
    .option("--by <name>", "who you are", operatorName())
    .action((id: string, options: Common & { readonly by: string }) =>
      connected(options, async (connection, terminal) =>
        (await import("../findings/findings-command.ts")).findingsDecide(connection, terminal, id, { kind: "reopen", by: options.by }),
      ),
    );

  withPlace(findings.command("note").description("Put a note on it."))
    .argument("<finding>", "its id, from the list")
    .argument("<text>", "what is to be known, up to 1,000 characters", noteArgument)
    .option("--by <name>", "who you are", operatorName())
    .action((id: string, text: string, options: Common & { readonly by: string }) =>
      connected(options, async (connection, terminal) =>
        (await import("../findings/findings-command.ts")).findingsDecide(connection, terminal, id, { kind: "note", by: options.by, text }),
      ),
    );
};

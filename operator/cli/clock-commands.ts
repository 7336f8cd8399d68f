/** The commands about the local stack's clock. */

import { advanceArgument } from "../arguments/arguments.ts";
import type { Asked } from "../clock/clock-command.ts";
import { type Common, type Program, withPlace } from "./program.ts";

export const addClockCommands = ({ program, placed }: Program): void => {
  const clock = program.command("clock").description("The local stack's own clock, to rehearse months in minutes.");

  withPlace(clock.command("show").description("Show what time it is to the local stack.")).action((options: Common) =>
    placed(options, async (terminal) => (await import("../clock/clock-command.ts")).clockShow(options, terminal)),
  );

  withPlace(
    clock
      .command("advance")
      .summary("Move the local stack's clock on.")
      .description(
        "Move the local stack's clock on. What falls due on the way (retries, releases, graces, retention) happens in its order.",
      ),
  )
    .argument("<time>", "by how much (31d, 36h, 90m), or to which moment (an ISO time, UTC)", advanceArgument)
    .action((asked: Asked, options: Common) =>
      placed(options, async (terminal) => (await import("../clock/clock-command.ts")).clockAdvance(options, terminal, asked)),
    );
};

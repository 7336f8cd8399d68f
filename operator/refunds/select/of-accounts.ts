/** `refunds --account`: all that the account has, read through its pointers (R-BACK-3). */
import { sidesOf } from "../../../core/findings/sides/sides.ts";
import { printableLine } from "../../../core/formats/printable.ts";
import { ledgerEventId } from "../../../core/ledger-id.ts";
import { ofAccount } from "../../../core/refunds/of-account.ts";
import type { Connection } from "../../connect/connect.ts";
import type { Asked, Report } from "./question.ts";

export async function* ofAccounts(
  { ledger }: Pick<Connection, "ledger">,
  accounts: readonly string[],
  { notes, reads }: Report,
): AsyncGenerator<Asked> {
  for (const typed of new Set(accounts)) {
    const account = ledgerEventId(typed);
    const related = await ledger.related({ account: typed });
    reads.accounts++;
    const name = printableLine(typed);
    if (related.applicationEvents.length === 0) notes.push(`No application event names an account ${name}: it is in no line.`);
    if (related.isCut)
      notes.push(`More belongs to the account ${name} than is read: its lines may not be all. \`account ${name}\` shows what is.`);
    const { shared, ...selection } = ofAccount(account, sidesOf(related));
    for (const { source, customer } of shared)
      notes.push(
        `The customer ${printableLine(customer)} of ${source} is another account's too: whose single purchases are whose is not known, and none is in the list for ${name}. Ask for them with --payments.`,
      );
    yield { selection };
  }
}

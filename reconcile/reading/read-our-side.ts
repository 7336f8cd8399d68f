/** What is recorded of a source, read for a comparison: its payments as movements. One whose events stand in several lines is put together. */
import type { ApplicationEntry } from "../../core/application/both-sides.ts";
import { ledgerId } from "../../core/ledger-id.ts";
import { type OurView, ourPaymentsOf } from "../../core/reconcile/compare/our-payments.ts";
import type { Shared } from "../../core/reconcile/sides/movements.ts";
import { none } from "../../core/reconcile/sides/numbers.ts";
import type { OurSide } from "../../core/reconcile/sides/our-side.ts";
import { createScattered } from "../../core/reconcile/sides/scattered.ts";
import { inGroups } from "../../core/sequences.ts";
import type { Ledger } from "../../io/ledger/ledger.ts";
import type { Scan, ScannedLine } from "../../io/ledger/scan/scan.ts";

/** Payments that stand in several lines, read at a time. */
const together = 16;

export interface OurReading {
  readonly source: string;
  readonly view: OurView;
  readonly shared: Shared;
  readonly ours: OurSide;
  /** Each contract's line, for comparing states. */
  readonly contract?: (line: ScannedLine) => void;
  readonly applicationEvent?: (entry: ApplicationEntry) => void;
  readonly readUnits?: (units: number) => void;
}

export const readOurSide = async (ledger: Pick<Ledger, "contract">, scan: Scan, reading: OurReading): Promise<void> => {
  const { source, view, shared, ours, contract, applicationEvent, readUnits } = reading;
  const scattered = createScattered(shared.texts);
  const visit = (line: ScannedLine): void => {
    const isOfContract = isContract(line);
    if (isOfContract) contract?.(line);
    // What belongs to a contract stands in its line as a whole.
    else if (line.link && line.link.contracts.length > 0) return;
    const rows = ourPaymentsOf(source, line.id, line.entries, view).map((payment) => ours.add(payment));
    if (!isOfContract && line.link)
      scattered.note(
        line.id,
        rows.filter((row) => row !== none),
        line.link.ids,
      );
  };
  await scan(source, { line: visit, ...(applicationEvent && { applicationEvent }), ...(readUnits && { readUnits }) });
  for (const some of inGroups(scattered.groups(), together)) {
    const read = await Promise.all(some.map(({ lines: [line = ""] }) => ledger.contract(source, line)));
    for (const [index, { payments }] of some.entries()) {
      for (const payment of payments) ours.remove(payment);
      const whole = read[index];
      if (whole) for (const payment of ourPaymentsOf(source, whole.id, whole.entries, view)) ours.add(payment);
    }
  }
};

const isContract = ({ id, entries }: ScannedLine): boolean =>
  entries.some(({ event }) => event.contract !== undefined && ledgerId(event.contract) === id);

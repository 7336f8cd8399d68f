/** Every id by which somebody may look for a line, a payment or a contract. */
export interface Names {
  readonly payment: readonly string[];
  /** Of the refund or the dispute. */
  readonly reference?: string;
  readonly contract?: string;
  readonly customer?: string;
  readonly order?: string;
  /** Of the export's line, where its lines have names. */
  readonly line?: string;
  readonly account?: string;
}

/** The name that says best which one it is; empty where it has none. */
export const firstName = ({ reference, payment, order, line, contract }: Names): string =>
  reference ?? payment[0] ?? order ?? line ?? contract ?? "";

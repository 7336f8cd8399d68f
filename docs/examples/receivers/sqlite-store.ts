/** A store in SQLite, which comes with Node.js. In PostgreSQL the statements are the same. */
import { DatabaseSync } from "node:sqlite";
import type { PaymentMessage } from "holdfast/message";
import type { Store } from "./store.ts";

const tables = `
  CREATE TABLE IF NOT EXISTS message (id TEXT PRIMARY KEY);
  CREATE TABLE IF NOT EXISTS payment (source TEXT, charge TEXT, minor INTEGER, currency TEXT, PRIMARY KEY (source, charge));
  CREATE TABLE IF NOT EXISTS contract (source TEXT, contract TEXT, state TEXT, since INTEGER, PRIMARY KEY (source, contract));
`;

export class SqliteStore implements Store {
  private readonly database: DatabaseSync;

  constructor(file: string) {
    this.database = new DatabaseSync(file);
    this.database.exec(tables);
  }

  async applyOnce(id: string, message: PaymentMessage): Promise<void> {
    this.database.exec("BEGIN IMMEDIATE");
    try {
      const { changes } = this.database.prepare("INSERT INTO message VALUES (?) ON CONFLICT DO NOTHING").run(id);
      if (changes > 0) this.apply(message);
      this.database.exec("COMMIT");
    } catch (error) {
      this.database.exec("ROLLBACK");
      throw error;
    }
  }

  private apply({ type, data }: PaymentMessage): void {
    switch (type) {
      case "charge.succeeded":
        this.addPayment(data);
        break;
      case "contract.started":
      case "contract.renewed":
      case "contract.resumed":
        this.setState(data, "active");
        break;
      case "contract.past_due":
      case "contract.paused":
        this.setState(data, "suspended");
        break;
      case "contract.cancelled":
      case "contract.expired":
        this.setState(data, "ended");
        break;
      default:
      // Also what a later version of Holdfast sends: its id is remembered, and the answer is 204.
    }
  }

  private addPayment({ source, charge, amount }: PaymentMessage["data"]): void {
    if (charge === undefined) return;
    const insert = "INSERT INTO payment VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING";
    this.database.prepare(insert).run(source, charge, amount?.minor ?? null, amount?.currency ?? null);
  }

  /** The state of the latest moment wins, in whatever order the messages come. */
  private setState({ source, contract, occurredAt }: PaymentMessage["data"], state: string): void {
    if (contract === undefined) return;
    const upsert = `INSERT INTO contract VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE
      SET state = excluded.state, since = excluded.since WHERE excluded.since >= contract.since`;
    this.database.prepare(upsert).run(source, contract, state, occurredAt);
  }

  stateOf(source: string, contract: string): unknown {
    return this.database.prepare("SELECT state FROM contract WHERE source = ? AND contract = ?").get(source, contract)?.state;
  }

  close(): void {
    this.database.close();
  }
}

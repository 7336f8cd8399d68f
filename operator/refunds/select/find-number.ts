/** The payments that a customer's number means: any id of a payment, or an order number, of any source (R-BACK-2). */
import { ledgerId } from "../../../core/ledger-id.ts";
import type { Selected } from "../../../core/refunds/of-account.ts";
import { spellingsOf } from "../../../core/refunds/spelling.ts";
import type { Connection } from "../../connect/connect.ts";
import { knownPayments } from "./known-payments.ts";

export type NumberFound =
  | { readonly kind: "payments"; readonly payments: readonly Selected[] }
  /** A gateway's check of a card, which took no money. */
  | { readonly kind: "check"; readonly id: string }
  /** It names different payments at different sources, or in different spellings. */
  | { readonly kind: "several"; readonly ids: readonly string[] }
  /** It is a contract's id, which stands for all of its payments. */
  | { readonly kind: "contract"; readonly name: string }
  | { readonly kind: "unknown" };

type Stores = Pick<Connection, "config" | "ledger">;

/** One spelling at one source. */
interface Hit {
  readonly source: string;
  readonly id: string;
  readonly payments: readonly Selected[];
  readonly isCheck: boolean;
  readonly isContract: boolean;
}

/** The closest spelling that is known anywhere counts. Where it leads to more than one thing, none is chosen. */
export const findNumber = async (
  stores: Stores,
  typed: string,
  { like, source }: { readonly like?: string | undefined; readonly source?: string | undefined } = {},
): Promise<NumberFound> => {
  const known = Object.entries(stores.config.sources).flatMap(([name, { gateway }]) => (gateway === "app" ? [] : [name]));
  const sources = source === undefined ? known : [source];
  const named = sources.find((name) => typed.trim().startsWith(`${name}/`));
  const groups = named === undefined ? spellingsOf(typed, like) : spellingsOf(typed.trim().slice(named.length + 1), like);
  for (const group of groups) {
    const asked = group.flatMap((id) => (named === undefined ? sources : [named]).map((one) => hitAt(stores, one, id)));
    const hits = (await Promise.all(asked)).filter((hit) => hit !== undefined);
    if (hits.length > 0) return meaningOf(hits);
  }
  return { kind: "unknown" };
};

const meaningOf = (hits: readonly Hit[]): NumberFound => {
  const places = new Map(
    hits.map(({ source, id, payments }) => [payments.map(nameOf).sort().join(" ") || `${source}/${id}`, `${source}/${id}`]),
  );
  if (places.size > 1) return { kind: "several", ids: [...places.values()].sort() };
  const [{ source, id, payments, isCheck, isContract } = { source: "", id: "", payments: [], isCheck: false, isContract: false }] = hits;
  if (payments.length > 0) return { kind: "payments", payments };
  if (isCheck) return { kind: "check", id };
  return isContract ? { kind: "contract", name: `${source}/${id}` } : { kind: "unknown" };
};

const nameOf = ({ party, payment }: Selected): string => `${party.source}/${payment.charge.id}`;

const hitAt = async (stores: Stores, source: string, spelled: string): Promise<Hit | undefined> => {
  const id = ledgerId(spelled);
  const own = await knownPayments(stores, source, id);
  const payments = own?.payments.filter(({ payment }) => payment.charge.ids.includes(id)) ?? [];
  const isCheck = own?.checks.some((check) => check.id === id) ?? false;
  if (payments.length > 0 || isCheck) return { source, id, payments, isCheck, isContract: false };
  const lines = await stores.ledger.ofOrder(source, id);
  const found = await Promise.all(lines.map((line) => knownPayments(stores, source, line)));
  const ordered = found.flatMap((one) => one?.payments ?? []).filter(({ payment }) => payment.orders.includes(id));
  const distinct = [...new Map(ordered.map((one) => [nameOf(one), one])).values()].sort((one, other) => one.payment.at - other.payment.at);
  const hasCheck = found.some((one) => one !== undefined && one.checks.length > 0);
  if (distinct.length > 0 || hasCheck) return { source, id, payments: distinct, isCheck: distinct.length === 0, isContract: false };
  return own?.isContract ? { source, id, payments: [], isCheck: false, isContract: true } : undefined;
};

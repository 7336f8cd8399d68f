/** Contracts with what each side says of them: a table of `contract` and `account`. */
import { contractsNamedBy } from "../../core/application/both-sides.ts";
import { applicationEventsOf, type Standing, standingOf } from "../../core/application/standing.ts";
import { formatMoney } from "../../core/formats/money.ts";
import type { ContractName } from "../../core/ledger/entry.ts";
import { balance, type Contract } from "../../core/ledger/ledger.ts";
import { ledgerId } from "../../core/ledger-id.ts";
import type { Related } from "../../io/ledger/application/related.ts";
import { createTable } from "../terminal/table.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** A contract with both of its sides. */
export interface TwoSided extends ContractName {
  readonly gateway: Contract;
  readonly application: Standing;
}

/** The contracts among what was found, by name: those the gateways reported, and those that the application names. */
export const contractsIn = ({ events, applicationEvents }: Related): readonly TwoSided[] => {
  const told = events.filter(({ event, contract }) => event.contract !== undefined && ledgerId(event.contract) === contract);
  const named = applicationEvents.flatMap(({ event }) => {
    if (event.type === "contract.linked") return event.contracts;
    return "source" in event ? contractsNamedBy(event, events) : [];
  });
  const names = new Map([...told, ...named].map(({ source, contract }) => [`${source}/${contract}`, { source, contract }]));
  return [...names]
    .sort(([one], [other]) => Number(one > other) - Number(one < other))
    .map(([, name]) => ({
      ...name,
      gateway: balance(
        name.source,
        name.contract,
        events.filter((entry) => entry.source === name.source && entry.contract === name.contract),
      ),
      application: standingOf(applicationEventsOf(name, applicationEvents, events)),
    }));
};

export const standingText = ({ state, grant, revocation, cancelledAt }: Standing): string => {
  const cancelled = cancelledAt === undefined || state !== "entitled" ? "" : ", cancellation requested";
  if (state === "entitled") return `entitled${grant ? ` to ${grant.plan}${priceText(grant)}` : ""}${cancelled}`;
  return state === "revoked" ? `revoked${revocation ? `: ${revocation.reason.replaceAll("_", " ")}` : ""}` : "nothing said";
};

const priceText = ({ price, interval }: NonNullable<Standing["grant"]>): string =>
  price ? `, ${formatMoney(price)}${interval ? ` a ${interval}` : ""}` : "";

export const contractsTable = (contracts: readonly TwoSided[], terminal: Terminal): string => {
  if (contracts.length === 0) return "";
  const columns = [
    { title: "CONTRACT", cut: "middle" },
    { title: "GATEWAY" },
    { title: "APPLICATION", cut: "end" },
    { title: "NET", align: "right" },
  ] as const;
  return createTable(
    columns,
    terminal,
  )(
    contracts.map(({ source, contract, gateway, application }) => [
      `${source}/${contract}`,
      gateway.entries.length > 0 ? gateway.state : "never reported",
      standingText(application),
      gateway.sums.map(({ net, currency }) => formatMoney({ minor: net, currency })).join(", "),
    ]),
  );
};

export const cutNote =
  "There is more than is shown: an account or a customer that many contracts share is followed to a bound. What is here is the nearest.\n";

/** What charges add up to, for people. */
import { formatMoney } from "../../core/formats/money.ts";
import type { Sums } from "../../core/ledger/sums.ts";

/** The title with the sums behind it, currency by currency: "Charges: 1,980 JPY charged, 980 JPY refunded, 1,000 JPY net". */
export const withSums = (title: string, sums: readonly Sums[]): string =>
  sums.length > 0 ? `${title}: ${sums.map(sumsText).join("; ")}` : title;

const sumsText = ({ currency, charged, refunded, chargedBack, net }: Sums): string => {
  const money = (minor: number) => formatMoney({ minor, currency });
  const back = [refunded !== 0 && `${money(refunded)} refunded`, chargedBack !== 0 && `${money(chargedBack)} charged back`].filter(Boolean);
  return `${money(charged)} charged${back.length > 0 ? `, ${back.join(", ")}, ${money(net)} net` : ""}`;
};

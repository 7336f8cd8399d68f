/** A month of a large shop, made by counting: a million contracts charged once each, and an export of them with planted differences. */

import { once } from "node:events";
import { createWriteStream } from "node:fs";
import type { OurPayment } from "../../core/reconcile/sides/our-side.ts";

export interface Story {
  readonly lines: number;
  /** Of all four classes together. */
  readonly planted: number;
}

export const classes = ["missing here", "missing there", "amount differs", "line twice"] as const;
export type PlantedClass = (typeof classes)[number];

/** 2026-10-01, and two and a half seconds from one charge to the next. */
const begin = Date.UTC(2026, 9, 1);
const stepMs = 2_500;
const price = 1_980;
/** What is charged where the amounts differ. */
const wrongPrice = 2_980;

/** Spread evenly: each class at its own place in every stretch. */
export const plantedAt = ({ lines, planted }: Story, index: number): PlantedClass | undefined => {
  const stretch = Math.floor((lines * classes.length) / planted);
  const place = index % stretch;
  const quarter = Math.floor(stretch / classes.length);
  return place % quarter === 0 && index < (planted / classes.length) * stretch ? classes[place / quarter] : undefined;
};

export const chargeOf = (index: number): string => `ch_3P${index.toString(36).padStart(8, "0")}ABCDEFGHIJ`;
const key = (index: number): string => `${index.toString(36).padStart(8, "0")}ABCDEFGH`;

/** What is recorded. */
export function* payments(story: Story): Generator<OurPayment> {
  for (let index = 0; index < story.lines; index++) {
    if (plantedAt(story, index) === "missing here") continue;
    yield {
      ids: [chargeOf(index), `pi_3P${key(index)}`],
      contract: `sub_1P${key(index)}`,
      customer: `cus_${key(index)}`,
      state: "succeeded",
      movements: [{ type: "charge", amount: { minor: price, currency: "JPY" }, at: begin + index * stepMs }],
    };
  }
}

const header =
  "balance_transaction_id,created_utc,available_on_utc,currency,gross,fee,net,reporting_category,source_id,description,automatic_payout_id,automatic_payout_effective_at\n";

const lineOf = (index: number, gross: number): string => {
  const at = new Date(begin + index * stepMs).toISOString().slice(0, 19).replace("T", " ");
  return `"txn_1P${key(index)}","${at}","2026-11-03 00:00:00","jpy","${gross}","71","${gross - 71}","charge","${chargeOf(index)}","Subscription update","po_1P00000001","2026-11-05 00:00:00"\n`;
};

/** Writes the export. @returns its bytes */
export const writeExport = async (story: Story, file: string): Promise<number> => {
  const out = createWriteStream(file);
  let [text, bytes] = [header, 0];
  for (let index = 0; index < story.lines; index++) {
    const planted = plantedAt(story, index);
    if (planted !== "missing there") text += lineOf(index, planted === "amount differs" ? wrongPrice : price);
    if (planted === "line twice") text += lineOf(index, price);
    if (text.length < 1_000_000) continue;
    bytes += text.length;
    if (!out.write(text)) await once(out, "drain");
    text = "";
  }
  out.end(text);
  await once(out, "finish");
  return bytes + text.length;
};

export const periodOf = ({ lines }: Story) => ({ from: begin, asOf: begin + lines * stepMs });

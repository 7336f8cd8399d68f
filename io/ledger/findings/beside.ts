/** What is kept of findings about one contract, payment, customer or account: they, and when they are looked for again. */
import type { Millis } from "../../../core/callback.ts";
import type { StoredFinding } from "../../../core/findings/lifecycle/stored.ts";
import type { Item } from "../../records/record-item.ts";
import { lookSortKey, openIndex, sidelessSortKey } from "../../table.ts";
import { findingFromItem } from "./finding-item.ts";

export interface Beside {
  readonly kept: readonly StoredFinding[];
  /** When the findings are to be looked for again, as it is written down there. */
  readonly lookAt?: Millis;
  /** They wait for the application to say anything about this source. */
  readonly sideless?: string;
}

/** @param items all of one partition that begin with `finding` */
export const besideFromItems = (items: readonly Item[]): Beside => {
  const kept: StoredFinding[] = [];
  let lookAt: Millis | undefined;
  let sideless: string | undefined;
  for (const item of items) {
    if (item.sk?.S === lookSortKey) lookAt = Number(item[openIndex.sort]?.N);
    else if (item.sk?.S === sidelessSortKey) sideless = item.source?.S;
    else kept.push(findingFromItem(item));
  }
  return { kept, ...(lookAt !== undefined && { lookAt }), ...(sideless !== undefined && { sideless }) };
};

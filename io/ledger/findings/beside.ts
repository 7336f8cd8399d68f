/** What is kept of findings about one contract, payment, customer or account: they, and when they are looked for again. */
import type { Millis } from "../../../core/callback.ts";
import type { StoredFinding } from "../../../core/findings/lifecycle/stored.ts";
import type { Item } from "../../item.ts";
import { lookSortKey, openIndex, sidelessSortKey } from "../../table.ts";
import { isMisfiled, readFindingItem } from "./finding-item.ts";

export interface Beside {
  readonly kept: readonly StoredFinding[];
  /** When the findings are to be looked for again, as it is written down there. */
  readonly lookAt?: Millis;
  /** They wait for the application to say anything about this source. */
  readonly sideless?: string;
  /** Items in the place of findings that cannot be read: somebody has altered them. */
  readonly broken?: readonly Item[];
  /** Those of the kept ones that are not where lists and counts look for them. */
  readonly misfiled?: readonly StoredFinding[];
}

/** @param items all of one partition that begin with `finding` */
export const besideFromItems = (items: readonly Item[]): Beside => {
  const kept: StoredFinding[] = [];
  let lookAt: Millis | undefined;
  let sideless: string | undefined;
  const broken: Item[] = [];
  const misfiled: StoredFinding[] = [];
  for (const item of items) {
    if (item.sk?.S === lookSortKey) lookAt = Number(item[openIndex.sort]?.N);
    else if (item.sk?.S === sidelessSortKey) sideless = item.source?.S;
    else {
      const stored = readFindingItem(item);
      if (stored) kept.push(stored);
      else broken.push(item);
      if (stored && isMisfiled(item, stored)) misfiled.push(stored);
    }
  }
  return {
    kept,
    ...(lookAt !== undefined && { lookAt }),
    ...(sideless !== undefined && { sideless }),
    ...(broken.length > 0 && { broken }),
    ...(misfiled.length > 0 && { misfiled }),
  };
};

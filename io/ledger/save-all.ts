/** Saves the progress of many records with a call for a part of them, each as if it were saved alone. */
import { DynamoDBServiceException, type TransactWriteItem } from "@aws-sdk/client-dynamodb";
import type { Progress } from "../../core/lifecycle/progress.ts";
import type { Saved } from "./saved.ts";
import { itemsPerTransaction } from "./transact.ts";

export interface Change {
  readonly next: Progress;
  /** What it was decided on. */
  readonly known: Progress | undefined;
}

/** Those of one call share its fate: one that was overtaken costs the others a call each. */
const changesPerCall = 25;

export interface Saving {
  /** The change as it is written, and the result once it is. */
  prepare(change: Change): { readonly saved: Saved; readonly items: readonly TransactWriteItem[] };
  together(items: readonly TransactWriteItem[]): Promise<"written" | "overtaken">;
  alone(change: Change): Promise<Saved>;
}

/** In the order given, each with its own result. */
export const saveAll = async (saving: Saving, changes: readonly Change[]): Promise<readonly PromiseSettledResult<Saved>[]> =>
  (await Promise.all(partsOf(saving, changes).map((part) => savePart(saving, part)))).flat();

type Prepared = ReturnType<Saving["prepare"]> & { readonly change: Change };

const partsOf = (saving: Saving, changes: readonly Change[]): readonly (readonly Prepared[])[] => {
  const parts: Prepared[][] = [];
  let room = 0;
  for (const change of changes) {
    const prepared = { ...saving.prepare(change), change };
    const part = parts.at(-1);
    if (part && part.length < changesPerCall && prepared.items.length <= room) part.push(prepared);
    else parts.push([prepared]);
    room = (parts.at(-1)?.length === 1 ? itemsPerTransaction : room) - prepared.items.length;
  }
  return parts;
};

const savePart = async (saving: Saving, part: readonly Prepared[]): Promise<readonly PromiseSettledResult<Saved>[]> => {
  const eachAlone = () => Promise.allSettled(part.map(({ change }) => saving.alone(change)));
  if (part.length === 1) return eachAlone();
  try {
    if ((await saving.together(part.flatMap(({ items }) => items))) === "overtaken") return eachAlone();
    return part.map(({ saved }) => ({ status: "fulfilled", value: saved }));
  } catch (reason) {
    // One of them that cannot be written must not stop the others. A table that does not answer does not answer them one by one either.
    if (reason instanceof DynamoDBServiceException && reason.$fault === "client") return eachAlone();
    return part.map(() => ({ status: "rejected", reason }));
  }
};

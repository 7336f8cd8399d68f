/** Which files are compared together for one that came: itself, or all of its folder once the last of them is there. */
import type { Arrived } from "../../../core/reconcile/arriving/arrived.ts";
import type { ExportPlace } from "../../../core/reconcile/arriving/places.ts";
import type { ExportObject } from "../../../io/exports/bucket.ts";
import type { CompareDependencies } from "./dependencies.ts";

export type FoundFiles =
  | { readonly kind: "found"; readonly files: readonly ExportObject[] }
  /** Deleted since. */
  | { readonly kind: "gone" }
  /** It, or another file of its folder, was put later: that one's own notification has them compared. */
  | { readonly kind: "superseded" }
  | { readonly kind: "too many" };

type Place = Extract<ExportPlace, { readonly source: string }>;

export const findFiles = async (
  { exports }: Pick<CompareDependencies, "exports">,
  { key, etag }: Pick<Arrived, "key" | "etag">,
  place: Place,
): Promise<FoundFiles> => {
  const own = await exports.look(key);
  if (!own) return { kind: "gone" };
  if (etag !== "" && own.etag !== etag) return { kind: "superseded" };
  if (place.kind === "file") return { kind: "found", files: [own] };
  const { keys, isCut } = await exports.inFolder(place.prefix);
  if (isCut) return { kind: "too many" };
  const looked = await Promise.all(keys.map((one) => (one === key ? own : exports.look(one))));
  const files = looked.filter((one) => one !== undefined);
  return files.some((one) => isLater(one, own)) ? { kind: "superseded" } : { kind: "found", files };
};

const isLater = (one: ExportObject, other: ExportObject): boolean =>
  one.putAt > other.putAt || (one.putAt === other.putAt && one.key > other.key);

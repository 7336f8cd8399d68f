/** DynamoDB's units of a call, by the sizes of the items in it: what AWS bills, computed from what went over the wire. Pure but for its memory. */
import { at, listAt, textAt } from "../../core/formats/json.ts";
import { openIndex, timelineIndex } from "../../io/table.ts";
import type { RecordedCall } from "./recording.ts";

export interface Units {
  readonly write: number;
  readonly indexWrite: number;
  readonly read: number;
}

type WiredItem = Readonly<Record<string, unknown>>;

const isItem = (value: unknown): value is WiredItem => typeof value === "object" && value !== null;

/** Names and values, as DynamoDB counts them; of the kinds of values that these tables have. */
export const itemBytes = (item: unknown): number => {
  if (!isItem(item)) return 0;
  return Object.entries(item).reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value), 0);
};

const valueBytes = (value: unknown): number => {
  const [text, number, bytes] = [at(value, "S"), at(value, "N"), at(value, "B")];
  if (typeof text === "string") return Buffer.byteLength(text);
  if (typeof number === "string") return Math.ceil(number.replace(/\D/g, "").length / 2) + 1;
  const texts = listAt(value, "SS");
  if (texts.length > 0) return sum(texts.map((one) => Buffer.byteLength(String(one))));
  return typeof bytes === "string" ? Buffer.from(bytes, "base64").length : 1;
};

const writeUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / 1_024));
const readUnits = (bytes: number, isStrong: boolean): number => Math.max(1, Math.ceil(bytes / 4_096)) / (isStrong ? 1 : 2);

const indexes = [timelineIndex, openIndex];

/** What an item looks like in its index; undefined when it is not in it. */
const indexEntry = (item: WiredItem | undefined): string | undefined => {
  const index = indexes.find(({ partition, sort }) => item && partition in item && sort in item);
  return index && JSON.stringify([item?.[index.partition], item?.[index.sort]]);
};

/** Knows what is in the tables from the writes it has seen: an item that is replaced counts with the larger of both. */
export const createMeter = () => {
  const known = new Map<string, WiredItem>();
  const keyOf = (table: unknown, key: unknown): string => `${table} ${textAt(key, "pk", "S")} ${textAt(key, "sk", "S")}`;

  const put = (table: unknown, key: unknown, item: WiredItem | undefined): Omit<Units, "read"> => {
    const place = keyOf(table, key);
    const before = known.get(place);
    if (item) known.set(place, item);
    else known.delete(place);
    const [was, is] = [indexEntry(before), indexEntry(item)];
    const indexWrite = was === is ? 0 : (was === undefined ? 0 : 1) + (is === undefined ? 0 : 1);
    return { write: writeUnits(Math.max(itemBytes(before), itemBytes(item))), indexWrite };
  };

  /** `ADD #name :name` of sets of text, the only update there is: the item afterwards. */
  const added = (request: unknown): Omit<Units, "read"> => {
    const key = at(request, "Key");
    const names = Object.entries(at(request, "ExpressionAttributeNames") ?? {});
    if (!isItem(key) || !names.every(([name, field]) => name === `#${field}`)) throw new Error("the meter does not know this update");
    const before: WiredItem = known.get(keyOf(at(request, "TableName"), key)) ?? key;
    const sets = names.map(([, field]) => {
      const more = listAt(request, "ExpressionAttributeValues", `:${field}`, "SS");
      return [field, { SS: [...new Set([...listAt(before, String(field), "SS"), ...more])] }] as const;
    });
    return put(at(request, "TableName"), key, { ...before, ...Object.fromEntries(sets) });
  };

  const written = (verb: string, request: unknown): Omit<Units, "read"> => {
    const item = at(request, "Item");
    if (verb === "Put" && isItem(item)) return put(at(request, "TableName"), item, item);
    if (verb === "Delete") return put(at(request, "TableName"), at(request, "Key"), undefined);
    return { write: 1, indexWrite: 0 };
  };

  return {
    units({ operation, input, output, status }: RecordedCall): Units {
      const none = { write: 0, indexWrite: 0, read: 0 };
      const isStrong = at(input, "ConsistentRead") === true;
      switch (operation) {
        case "PutItem":
          // A write whose condition does not hold costs what the item costs that is there.
          if (status !== 200) return { ...none, write: writeUnits(itemBytes(known.get(keyOf(at(input, "TableName"), at(input, "Item"))))) };
          return { ...none, ...written("Put", input) };
        case "UpdateItem":
          if (status !== 200) return { ...none, write: writeUnits(itemBytes(known.get(keyOf(at(input, "TableName"), at(input, "Key"))))) };
          return { ...none, ...added(input) };
        case "DeleteItem":
          return { ...none, ...written("Delete", input) };
        case "TransactWriteItems": {
          const parts = listAt(input, "TransactItems").flatMap((part) => Object.entries(isItem(part) ? part : {}));
          const all = parts.map(([verb, request]) => written(verb, request));
          return { ...none, write: 2 * sum(all.map(({ write }) => write)), indexWrite: sum(all.map(({ indexWrite }) => indexWrite)) };
        }
        case "GetItem":
          return { ...none, read: readUnits(itemBytes(at(output, "Item")), isStrong) };
        case "BatchGetItem": {
          const requests = at(input, "RequestItems");
          const perTable = Object.entries(isItem(requests) ? requests : {}).map(([table, request]) => {
            const found = listAt(output, "Responses", table);
            const isStrong = at(request, "ConsistentRead") === true;
            const missing = listAt(request, "Keys").length - found.length;
            return sum(found.map((item) => readUnits(itemBytes(item), isStrong))) + missing * readUnits(0, isStrong);
          });
          return { ...none, read: sum(perTable) };
        }
        case "Query":
          return { ...none, read: readUnits(sum(listAt(output, "Items").map(itemBytes)), isStrong) };
        default:
          throw new Error(`the meter does not know what ${operation} costs`);
      }
    },
    /** Bytes of the items that are there now, of one table. */
    bytesIn: (table: string): number =>
      sum([...known].filter(([place]) => place.startsWith(`${table} `)).map(([, item]) => itemBytes(item))),
    itemsIn: (table: string): number => [...known.keys()].filter((place) => place.startsWith(`${table} `)).length,
  };
};

export type Meter = ReturnType<typeof createMeter>;

export const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

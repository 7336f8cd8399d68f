/** Columns of numbers that grow: millions of rows, without an object for each. */

type NumberArray = Int32Array | Float64Array | Uint8Array | Uint32Array;

interface Maker<Numbers extends NumberArray> {
  new (length: number): Numbers;
}

export interface Column {
  /** Returns the row. */
  push(value: number): number;
  get(row: number): number;
  set(row: number, value: number): void;
  readonly length: number;
}

const firstCapacity = 64;

const columnOf = <Numbers extends NumberArray>(Made: Maker<Numbers>): Column => {
  let values = new Made(firstCapacity);
  let length = 0;
  return {
    push(value) {
      if (length === values.length) {
        // By half: while it is copied both are there.
        const larger = new Made(Math.ceil(length * 1.5));
        larger.set(values as never);
        values = larger;
      }
      values[length] = value;
      return length++;
    },
    get: (row) => values[row] as number,
    set(row, value) {
      values[row] = value;
    },
    get length() {
      return length;
    },
  };
};

/** Rows of other columns, and codes; -1 where there is none. */
export const rows = (): Column => columnOf(Int32Array);
/** Minor units and moments, which are exact up to 2^53. */
export const exact = (): Column => columnOf(Float64Array);
/** Codes below 256. */
export const codes = (): Column => columnOf(Uint8Array);

export const none = -1;

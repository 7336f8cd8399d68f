/** Columns of numbers that grow: millions of rows, without an object for each. In pieces, which are not made where all values are the column's default. */

type NumberArray = Int32Array | Float64Array | Uint8Array;

export interface Column {
  /** Returns the row. */
  push(value: number): number;
  /** The usual value of a row that was never set, also of -1. */
  get(row: number): number;
  /** Also of a row that was never pushed: of a column that is set and never pushed, most rows have the usual value and take neither time nor memory. */
  set(row: number, value: number): void;
  readonly length: number;
}

/** Small enough that a comparison of some lines costs nothing, large enough that a million rows are some hundred pieces. */
const bits = 12;
const size = 1 << bits;
const mask = size - 1;

const columnOf = (make: () => NumberArray, usual: number): Column => {
  const pieces: (NumberArray | undefined)[] = [];
  let length = 0;
  const set = (row: number, value: number): void => {
    const piece = pieces[row >> bits];
    if (piece) piece[row & mask] = value;
    else if (!Object.is(value, usual)) {
      const made = make().fill(usual);
      made[row & mask] = value;
      pieces[row >> bits] = made;
    }
  };
  return {
    push(value) {
      set(length, value);
      return length++;
    },
    get(row) {
      const piece = pieces[row >> bits];
      return piece === undefined ? usual : (piece[row & mask] as number);
    },
    set,
    get length() {
      return length;
    },
  };
};

export const none = -1;

/** Rows of other columns, and numbers of texts; -1 where there is none. */
export const rows = (): Column => columnOf(() => new Int32Array(size), none);
/** Minor units and moments, which are exact up to 2^53; NaN where nothing is known. */
export const exact = (): Column => columnOf(() => new Float64Array(size), Number.NaN);
/** Codes below 256; 0 as a rule. */
export const codes = (): Column => columnOf(() => new Uint8Array(size), 0);

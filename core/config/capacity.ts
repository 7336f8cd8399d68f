/** How much room there is for load. */

/** Where the path has limits that can be moved. What is left out has room for some hundreds of callbacks a second: docs/scale.md. */
export interface CapacityConfig {
  /**
   * Over how many partitions the records of a day are spread in their index, 8 to 512. Each takes 1,000 callbacks a second, and a hot one
   * throttles the table. May be changed at any time: days written with another number stay readable.
   * @default 64
   */
  readonly timelineShards?: number;
  readonly receive?: ReservedConfig;
  readonly relay?: ReservedConfig & {
    /**
     * How many batches of one shard of the table's stream are worked on at a time, 1 to 10. Order within a contract does not come from
     * the stream (docs/architecture.md, "Order").
     * @default 1: with more, two callbacks of a contract that came within a moment can be delivered in the wrong order
     */
    readonly parallelizationFactor?: number;
  };
  readonly consume?: ReservedConfig & {
    /**
     * How many consumers run at a time at most, 2 to 1,000, each with up to ten contracts: ten times as many deliveries the application
     * has to take at once. Without a limit a burst could take all of an account's functions, receive among them.
     * @default 50
     */
    readonly maxConcurrency?: number;
  };
  readonly recover?: ReservedConfig & {
    /** How many at a time record what was spilled to the queue, 2 to 1,000. @default 20, some 4,000 callbacks a second */
    readonly maxConcurrency?: number;
  };
  readonly compare?: ReservedConfig & {
    /**
     * Memory of the function that compares exports, 1,024 to 10,240 MB; Lambda gives it a core for each 1,769. A million lines against a million
     * contracts take some 310 MB (docs/benchmarks.md). @default 2,048
     */
    readonly memoryMb?: number;
    /** An export of more, all its files together, is not compared there, but from a machine. @default a quarter of its memory */
    readonly largestFileMb?: number;
  };
  readonly records?: TableCapacityConfig;
  readonly ledger?: TableCapacityConfig;
}

export interface ReservedConfig {
  /**
   * Concurrent executions that are kept for this function, and at the same time the most it gets. The account must have 100 left for all
   * others, so a new account, which has 10 in total, can reserve none.
   * @default none: all functions share the account's
   */
  readonly reservedConcurrency?: number;
}

export interface TableCapacityConfig {
  /**
   * What the table and its index can take at once, without growing into it. Can be raised, never lowered; raising it costs once.
   * @default AWS's own for a new table: 4,000 writes and 12,000 reads a second, doubled within half an hour of being used up
   */
  readonly warmThroughput?: { readonly readUnitsPerSecond: number; readonly writeUnitsPerSecond: number };
}

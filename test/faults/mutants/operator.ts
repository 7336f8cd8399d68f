/** What an operator types, broken. */
import { intact, type Mutant } from "../run/mutant.ts";

/** Says that it has recorded what an operator has decided to deliver, and has not. */
export const decisionNotCarriedOut: Mutant = { ...intact, operatorRecord: () => async () => ({ kind: "new" }) };

/** As it was: what came last is released first. */
export const newestReleasedFirst: Mutant = {
  ...intact,
  connection: (connection) => ({
    ...connection,
    records: {
      ...connection.records,
      async timeline(period) {
        const page = await connection.records.timeline(period);
        return { ...page, keys: page.keys.map(({ key, storedAt }) => ({ key, storedAt: Number.MAX_SAFE_INTEGER - storedAt })) };
      },
    },
  }),
};

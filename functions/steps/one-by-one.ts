/** How the steps of sweep and release go through records: each is settled by itself, whatever the outcome of the others. */
import type { Report } from "../shell/log.ts";

export interface OneByOne {
  /** In parallel. The outcomes of those that succeeded, in their order; undefined for those that failed, which are reported by key. */
  all<One, Outcome>(
    some: readonly One[],
    keyOf: (one: One) => string,
    work: (one: One) => Promise<Outcome>,
  ): Promise<readonly (Outcome | undefined)[]>;
  /** Those of this run that failed. */
  readonly failed: ReadonlySet<string>;
  /** @throws when any of them failed, after all were tried */
  end(): void;
}

export const oneByOne = ({ report }: { readonly report: Report }, step: string): OneByOne => {
  const failed = new Set<string>();
  return {
    failed,
    async all(some, keyOf, work) {
      const outcomes = await Promise.allSettled(some.map((one) => work(one)));
      return outcomes.map((outcome, at) => {
        if (outcome.status === "fulfilled") return outcome.value;
        const key = keyOf(some[at] as (typeof some)[number]);
        failed.add(key);
        report(outcome.reason, { step, record: key });
        return undefined;
      });
    },
    end() {
      if (failed.size > 0) throw new Error(`${failed.size} could not be taken further, the others were; each is reported by its key`);
    },
  };
};

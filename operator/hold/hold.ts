/** An operator's decisions about deliveries: hold a target or a contract, and resume it. Everything is acknowledged and stored meanwhile. */
import type { Millis } from "../../core/callback.ts";
import type { ContractName } from "../../core/ledger/entry.ts";
import type { Hold } from "../../core/lifecycle/holds/hold.ts";
import { resumed } from "../../core/lifecycle/holds/release-pace.ts";
import { heldBy } from "../../core/lifecycle/progress.ts";
import { wake } from "../../core/lifecycle/transitions/waiting.ts";
import type { Audit } from "../../io/ledger/audit.ts";
import type { ContractHolds } from "../../io/ledger/holds/contract-hold.ts";
import type { Holds } from "../../io/ledger/holds/holds.ts";
import type { Ledger } from "../../io/ledger/ledger.ts";

interface HoldDependencies {
  readonly holds: Holds;
  readonly contractHolds: ContractHolds;
  readonly ledger: Ledger;
  readonly audit: Audit;
  readonly clock: () => Millis;
}

export interface Reason {
  readonly by: string;
  readonly why: string;
}

/** Holds a target, or stops its release. The circuit breaker's hold becomes the person's: it no longer ends automatically. */
export const holdTarget = async ({ holds, audit, clock }: HoldDependencies, target: string, { by, why }: Reason): Promise<Hold> => {
  await audit.note({ at: clock(), by, what: "hold", to: `target ${target}`, why });
  for (;;) {
    const known = await holds.current(target);
    if (await holds.save({ target, by, why, since: known?.since ?? clock() }, known)) break;
  }
  return (await holds.current(target)) as Hold;
};

type Resumed = { readonly kind: "resuming"; readonly ratePerSecond: number } | { readonly kind: "not held" };

/**
 * Releases what waits for a target: in stored order per contract, at that many records per second. The function `release` does it, so
 * nobody has to stay and watch; holding again stops it.
 */
export const resumeTarget = async (
  { holds, audit, clock }: HoldDependencies,
  target: string,
  { by, why, ratePerSecond }: Reason & { readonly ratePerSecond: number },
): Promise<Resumed> => {
  for (;;) {
    const known = await holds.current(target);
    if (!known) return { kind: "not held" };
    await audit.note({ at: clock(), by, what: "resume", to: `target ${target}`, why });
    if (await holds.save(resumed(known, ratePerSecond, clock()), known)) return { kind: "resuming", ratePerSecond };
  }
};

export const holdContract = async (
  { contractHolds, audit, clock }: HoldDependencies,
  name: ContractName,
  { by, why }: Reason,
): Promise<void> => {
  await audit.note({ at: clock(), by, what: "hold", to: `contract ${name.source}/${name.contract}`, why });
  await contractHolds.hold(name, `${why} (${by})`);
};

/** False when it was not held. The sweep rings for the first in its line within a minute, and that one's success for the next. */
export const resumeContract = async (dependencies: HoldDependencies, name: ContractName, { by, why }: Reason): Promise<boolean> => {
  const { contractHolds, ledger, audit, clock } = dependencies;
  await audit.note({ at: clock(), by, what: "resume", to: `contract ${name.source}/${name.contract}`, why });
  const lifted = await contractHolds.lift(name);
  // Also when it was not held: an earlier resume may have ended between the two.
  const first = await ledger.firstInLine(name);
  const waiting = first && first.key !== "hold" ? await ledger.progress(first.key) : undefined;
  if (waiting?.state === "waiting" && heldBy(waiting) === undefined) await ledger.save(wake(waiting, false, clock()), waiting);
  return lifted;
};

/** What the sides of a contract disagree about. Between the gateway's list and the ledger that is decided here; what the application says is looked at afterwards, with all that is known of the contract. */
import type { Millis } from "../../callback.ts";
import { isEndState } from "../../event.ts";
import type { Difference } from "../compare/difference.ts";
import type { Traces } from "../compare/traces.ts";
import type { Names } from "../sides/names.ts";
import type { ContractView } from "./contract-sides.ts";

export interface ContractSettings {
  readonly source: string;
  readonly asOf: Millis;
  /** There is a list of the gateway's contracts: what is not in it is missing there. */
  readonly hasList: boolean;
  readonly traces: Traces;
}

const namesOf = ({ contract, listed }: ContractView): Names => ({
  payment: [],
  contract,
  ...(listed?.customer !== undefined && { customer: listed.customer }),
});

/** The gateway's list against the ledger. Undefined: they agree, as far as both speak. */
export const listDifference = (view: ContractView, { source, asOf, hasList, traces }: ContractSettings): Difference | undefined => {
  const { contract, listed, recorded } = view;
  const found = (rest: Pick<Difference, "cause" | "symptom" | "states" | "at">): Difference => {
    const trace = rest.cause === "never sent" ? traces.find("contract", [contract]) : undefined;
    return {
      id: `${source}/contract:${contract}`,
      about: "contract",
      names: namesOf(view),
      ...rest,
      ...trace,
      ...(rest.symptom === "missing" && { age: Math.max(0, asOf - rest.at) }),
    };
  };
  if (listed?.isTwice)
    return found({ cause: "export wrong", symptom: "duplicate", states: { theirs: listed.state }, at: listed.startedAt ?? asOf });
  if (listed && !recorded)
    return found({ cause: "never sent", symptom: "missing", states: { theirs: listed.state }, at: listed.startedAt ?? asOf });
  if (!listed) {
    // A list of living contracts has no ended ones.
    if (!hasList || !recorded || isEndState(recorded.state)) return undefined;
    return found({ cause: "export wrong", symptom: "missing", states: { ours: recorded.state }, at: asOf });
  }
  // Of charges alone nobody knows whether it lives.
  if (!recorded || recorded.state === "unknown" || isEndState(listed.state) === isEndState(recorded.state)) return undefined;
  const states = { theirs: listed.state, ours: recorded.state };
  const isEnded = isEndState(listed.state);
  return found({
    cause: isEnded ? "never sent" : "export wrong",
    symptom: "data",
    states,
    at: (isEnded ? listed.endedAt : undefined) ?? asOf,
  });
};

/** Whether the application says otherwise than the gateway: entitled to what has ended or is not there, or not to what lives. */
export const isDoubtful = ({ listed, recorded, application }: ContractView, hasList: boolean): boolean => {
  const isAlive = hasList ? listed !== undefined && !isEndState(listed.state) : recorded !== undefined && !isEndState(recorded.state);
  return (application === "entitled") !== isAlive;
};

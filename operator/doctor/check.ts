/** One line of the doctor's report. */
export interface Check {
  readonly what: string;
  /** `note`: it works, but an operator should know. `unknown`: it could not be checked, which need not be a problem. */
  readonly outcome: "ok" | "note" | "failed" | "unknown";
  readonly detail: string;
}

/** What a check has found: the figures it judged by, and every breach as a sentence. */
export interface Finding {
  readonly judgedBy: string;
  readonly breaches: readonly string[];
}

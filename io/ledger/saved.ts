/** What came of saving a record's progress. */
import type { Progress } from "../../core/lifecycle/progress.ts";

export type Saved<Next extends Progress = Progress> =
  /** `progress` is what is in the table now; the next save has to build on it. */
  | { readonly kind: "saved"; readonly progress: Next }
  /** The record was changed meanwhile, or (for a wait) the one it was to wait for is gone. Nothing was changed. */
  | { readonly kind: "overtaken" };

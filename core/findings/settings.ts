/** What findings depend on besides what was said. */
import type { Zone } from "../formats/zone.ts";
import type { Graces } from "./graces.ts";

/** What a source's gateway is known to say and not to say. */
export interface SourceTraits {
  /** In which its months are counted. */
  readonly zone: Zone;
  /** It says so when a contract ends. */
  readonly tellsEnds: boolean;
  /** It says so when money goes back. */
  readonly tellsRefunds: boolean;
}

export interface FindingSettings {
  readonly graces: Graces;
  readonly traitsOf: (source: string) => SourceTraits;
  /** Whether an application event has ever named that source: before that, nobody is known to be entitled to nothing (R-APP-2). */
  readonly hasSide: (source: string) => boolean;
}

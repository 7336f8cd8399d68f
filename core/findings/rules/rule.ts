/** A rule of one class: what it finds in both sides. It asks for no moment but through the watch, so that what time alone changes is known. */
import type { Draft } from "../draft.ts";
import type { FindingSettings } from "../settings.ts";
import type { Sides } from "../sides/sides.ts";
import type { Watch } from "../watch.ts";

export interface RuleInput {
  readonly sides: Sides;
  readonly settings: FindingSettings;
  readonly watch: Watch;
}

export type Rule = (input: RuleInput) => readonly Draft[];

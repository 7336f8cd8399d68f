import type { Setting } from "./verbs.ts";

export interface Story {
  readonly title: string;
  /** One line for the document. */
  readonly about: string;
  tell(setting: Setting): Promise<void>;
}

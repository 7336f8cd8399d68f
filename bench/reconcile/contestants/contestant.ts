/** One way of comparing: what it found, by class, as sorted ids of charges. */
import type { PlantedClass, Story } from "../story.ts";

export interface Found extends Readonly<Record<PlantedClass, readonly string[]>> {
  readonly matched: number;
}

export type Contestant = (file: string, story: Story) => Promise<Found>;

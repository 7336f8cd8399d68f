/** The order of the test files: those that take longest come first, so that no worker is left alone with one of them at the end. */
import { BaseSequencer, type TestSpecification } from "vitest/node";

/** A quarter of a minute and more, the longest first. Vitest goes by what a file took last time, or by its size where it does not know: on a clean machine. */
const longest = [
  "faults/stories/every-story",
  "local/demo",
  "faults/mutants/mutants",
  "local/rehearsal/rehearsal",
  "local/stack",
  "faults/trials/random",
  "functions/deliver/poison",
  "local/new-gateway/new-gateway",
  "faults/operator-model/operator-model",
  "operator/status/conditions",
  "operator/cli/command",
  "fuzz/fuzz",
  "lib/custom-gateways",
  "lib/validation",
];

const placeOf = ({ moduleId }: TestSpecification): number => {
  const place = longest.findIndex((name) => moduleId.endsWith(`/test/${name}.test.ts`));
  return place < 0 ? longest.length : place;
};

export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return (await super.sort(files)).toSorted((one, other) => placeOf(one) - placeOf(other));
  }
}

/** Bytes that might arrive: at random, and close to the real thing. */
import fc from "fast-check";
import { form, type Sample, utf8 } from "./samples.ts";

export const forms = fc.dictionary(fc.string(), fc.string(), { maxKeys: 5 }).map(form);

/** Samples with a stretch replaced: close enough to the real thing to reach the code behind the first check. */
export const mutated = (samples: readonly Sample[]): fc.Arbitrary<Uint8Array> =>
  fc
    .tuple(
      fc.constantFrom(...samples),
      fc.nat(),
      fc.nat({ max: 40 }),
      fc.oneof(fc.uint8Array({ maxLength: 8 }), fc.json({ maxDepth: 1 }).map(utf8)),
    )
    .map(([{ body }, place, length, inserted]) => {
      const start = place % (body.length + 1);
      return Uint8Array.from([...body.slice(0, start), ...inserted, ...body.slice(start + length)]);
    });

export const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1");

/** Streams and lists joined into one, or cut into parts. */

/** Several sorted streams as one. Holds one element of each, however long they are. */
export async function* merge<Element>(
  streams: readonly AsyncIterator<Element>[],
  isBefore: (one: Element, other: Element) => boolean,
): AsyncGenerator<Element> {
  const first = await Promise.all(streams.map(async (stream) => ({ stream, next: await stream.next() })));
  const heads = first.flatMap(({ stream, next }) => (next.done ? [] : [{ stream, element: next.value }]));
  while (heads.length > 0) {
    const least = heads.reduce((one, other) => (isBefore(other.element, one.element) ? other : one));
    yield least.element;
    const next = await least.stream.next();
    if (next.done) heads.splice(heads.indexOf(least), 1);
    else least.element = next.value;
  }
}

/** Up to `size` elements at a time. */
export async function* inBatches<Element>(stream: AsyncIterable<Element>, size: number): AsyncGenerator<readonly Element[]> {
  let batch: Element[] = [];
  for await (const element of stream) {
    batch.push(element);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** A list in groups of `size`, the last one of what is left: for work that is done side by side, and not with any number at once. */
export const inGroups = <One>(all: readonly One[], size: number): readonly (readonly One[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, at) => all.slice(at * size, (at + 1) * size));

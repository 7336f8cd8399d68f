/** Work that is done when it is first asked for, and kept. */

/** A value made at its first use and kept. If making it throws, the next use tries again. */
export const lazy = <Value>(make: () => Value): (() => Value) => {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

/** What is worked out from an object that does not change, once for as long as the object is there. */
export const onceFor = <About extends object, Value>(workOut: (about: About) => Value): ((about: About) => Value) => {
  const known = new WeakMap<About, { readonly value: Value }>();
  return (about) => {
    const found = known.get(about) ?? { value: workOut(about) };
    known.set(about, found);
    return found.value;
  };
};

/** Beyond this many texts, repeats are too rare to be worth keeping them. */
const most = 1_000;

/** What is worked out from a text, and kept for when the same text comes again. If that throws, the next time tries again. */
export const remembering = <Value>(workOut: (text: string) => Value): ((text: string) => Value) => {
  const known = new Map<string, Value>();
  return (text) => {
    if (known.has(text)) return known.get(text) as Value;
    const value = workOut(text);
    if (known.size < most) known.set(text, value);
    return value;
  };
};

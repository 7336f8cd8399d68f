import { expect, test, vi } from "vitest";
import { lazy, onceFor, remembering } from "../../core/lazy.ts";

test("a value is made at its first use, and then kept, also when it is nothing", () => {
  for (const value of [{}, undefined, null, 0, ""]) {
    const make = vi.fn(() => value);
    const get = lazy(make);
    expect(make).not.toHaveBeenCalled();
    expect([get(), get(), get()]).toEqual([value, value, value]);
    expect(make).toHaveBeenCalledTimes(1);
  }
});

test("what throws is tried again next time", () => {
  const make = vi
    .fn(() => "made")
    .mockImplementationOnce(() => {
      throw new Error("not yet");
    });
  const get = lazy(make);
  expect(get).toThrow("not yet");
  expect(get()).toBe("made");
  expect(get()).toBe("made");
  expect(make).toHaveBeenCalledTimes(2);
});

const counted = (workOut: (text: string) => string | undefined) => {
  const asked: string[] = [];
  const of = remembering((text) => {
    asked.push(text);
    return workOut(text);
  });
  return { of, asked };
};

test("each text is worked out once, also one of which nothing comes", () => {
  const { of, asked } = counted((text) => (text === "" ? undefined : `${text}!`));
  expect(["a", "b", "a", "", "b", ""].map(of)).toEqual(["a!", "b!", "a!", undefined, "b!", undefined]);
  expect(asked).toEqual(["a", "b", ""]);
});

test("what throws is tried again", () => {
  let isAway = true;
  const { of } = counted((text) => {
    if (isAway) throw new Error("away");
    return text;
  });
  expect(() => of("a")).toThrow("away");
  isAway = false;
  expect(of("a")).toBe("a");
});

test("of a thousand texts it is kept; those that come later are worked out each time", () => {
  const { of, asked } = counted((text) => text);
  const texts = Array.from({ length: 1_001 }, (_, at) => String(at));
  expect([...texts, ...texts].map(of)).toEqual([...texts, ...texts]);
  expect(asked).toEqual([...texts, "1000"]);
});

test("of each object it is worked out once, also when nothing comes of it", () => {
  const asked: object[] = [];
  const of = onceFor((about: { readonly size?: number }) => {
    asked.push(about);
    return about.size;
  });
  const [one, other] = [{ size: 1 }, {}];
  expect([one, other, one, other, { size: 1 }].map(of)).toEqual([1, undefined, 1, undefined, 1]);
  expect(asked).toHaveLength(3);
});

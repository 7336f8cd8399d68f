import { expect, test } from "vitest";
import { remembering } from "../../core/remembering.ts";

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

import { expect, test, vi } from "vitest";
import { lazy } from "../../core/lazy.ts";

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

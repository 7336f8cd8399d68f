/** Exit codes, for scripts. docs/operate.md lists them for people. */
export const exit = {
  ok: 0,
  /** It failed; the message says what, where and the remedy. */
  failed: 1,
  /** Usage error: an option, an argument or a configuration that cannot work. */
  usage: 2,
  /** Nothing was found. */
  nothing: 3,
  /** Done, but an operator is needed: dead letters, a condition that holds, a failed check. */
  person: 4,
} as const;

export type Exit = (typeof exit)[keyof typeof exit];

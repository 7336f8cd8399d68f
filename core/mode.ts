/** Real money or none: what a source is for, and what some gateways' callbacks say of themselves. */
export const modes = ["live", "test"] as const;
export type Mode = (typeof modes)[number];

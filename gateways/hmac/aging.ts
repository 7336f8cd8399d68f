/** Where a timestamp is signed, its receiver most likely refuses old ones; five minutes is what most take. */
import type { ResignableAging } from "../../core/delivery/aging.ts";
import { usableSecrets } from "../kit/kit.ts";
import { defaultToleranceSeconds, front, signatureHeaders, timestampOf } from "./front.ts";

export const aging: ResignableAging = {
  toleranceSeconds: defaultToleranceSeconds,
  onlyWith: "timestampHeader",
  signedAt(raw, settings) {
    const seconds = timestampOf(raw, settings);
    return seconds === undefined ? undefined : seconds * 1000;
  },
  /**
   * There is room for one signature, so it is made with the secret that the sender signed with: while one is rotated, the application knows that one.
   * Once it is gone, with the newest.
   */
  resign(raw, settings, now) {
    const secrets = usableSecrets(settings);
    const its = secrets.find((secret) => front.verify(raw, { ...settings, secrets: [secret] }).kind === "verified");
    return signatureHeaders(raw, { ...settings, secrets: its === undefined ? secrets : [its] }, now);
  },
};

/** Where a timestamp is signed, its receiver most likely refuses old ones; five minutes is what most take. */
import type { ResignableAging } from "../../core/delivery/aging.ts";
import { usableSecrets } from "../kit/kit.ts";
import { defaultToleranceSeconds, signatureHeaders, timestampOf } from "./front.ts";

export const aging: ResignableAging = {
  toleranceSeconds: defaultToleranceSeconds,
  onlyWith: "timestampHeader",
  signedAt(raw, settings) {
    const seconds = timestampOf(raw, settings);
    return seconds === undefined ? undefined : seconds * 1000;
  },
  resign: (raw, settings, now) => signatureHeaders(raw, { ...settings, secrets: usableSecrets(settings) }, now),
};

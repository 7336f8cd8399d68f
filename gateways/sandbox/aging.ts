/** Sandbox signs the time as Stripe does. */
import type { ResignableAging } from "../../core/delivery/aging.ts";
import { usableSecrets } from "../kit/kit.ts";
import { defaultToleranceSeconds, signatureHeaders, timestampOf } from "./front.ts";

export const aging: ResignableAging = {
  toleranceSeconds: defaultToleranceSeconds,
  signedAt(raw) {
    const timestamp = timestampOf(raw);
    return timestamp === undefined ? undefined : Number(timestamp) * 1000;
  },
  resign: ({ body }, settings, now) => signatureHeaders(body, usableSecrets(settings), now),
};

/** Paddle signs the time, and its SDK refuses what is older than 5 s: nearly everything that is not delivered at once. */
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

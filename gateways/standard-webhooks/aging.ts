/** The specification has the time signed; every library refuses what is more than 300 s away from its own clock, old or new. */
import type { ResignableAging } from "../../core/delivery/aging.ts";
import { usableSecrets } from "../kit/kit.ts";
import { defaultToleranceSeconds, headerOf, isTimestamp, keysOf, signatureOver } from "./front.ts";

export const aging: ResignableAging = {
  toleranceSeconds: defaultToleranceSeconds,
  signedAt(raw) {
    const timestamp = headerOf(raw, "timestamp");
    return timestamp && isTimestamp(timestamp) ? Number(timestamp) * 1000 : undefined;
  },
  /** Under the names it came under, and with every key a secret may stand for: any one of the signatures may match. */
  resign({ headers, body }, settings, now) {
    const keys = usableSecrets(settings).flatMap((secret) => keysOf(secret, settings));
    const made = ["webhook", "svix"].flatMap((family) => {
      const id = headers[`${family}-id`];
      if (id === undefined) return [];
      const { timestamp, signature } = signatureOver({ id, body, now }, keys);
      return [
        [`${family}-timestamp`, timestamp],
        [`${family}-signature`, signature],
      ];
    });
    return Object.fromEntries(made);
  },
  resignProblems: ({ options }) =>
    options?.publicKey === undefined
      ? []
      : [
          "a signature of options.publicKey (v1a) is made with the sender's private key, which only the sender has: have the sender sign with a shared secret (v1) and remove the option, or do without `resign`",
        ],
};

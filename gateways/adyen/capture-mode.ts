/** Whether the merchant account captures by itself: then no CAPTURE is sent, and a successful authorisation is the payment. */
import type { PublicSettings } from "../../core/config/config.ts";

const captureModes = ["automatic", "manual"] as const;

export type CaptureMode = (typeof captureModes)[number];

/** As the source's option says; without it Adyen's own default. */
export const captureModeOf = (settings: Pick<PublicSettings, "options"> | undefined): CaptureMode =>
  settings?.options?.captureMode === "manual" ? "manual" : "automatic";

export const captureModeProblems = (options: PublicSettings["options"]): readonly string[] => {
  const mode = options?.captureMode;
  return mode === undefined || captureModes.some((known) => known === mode)
    ? []
    : [
        `options.captureMode is "${mode}"; write "manual" where the merchant account captures later, "automatic" or nothing where Adyen captures at once`,
      ];
};

/** Square: the header `Square-Environment`, which the signature does not cover. https://developer.squareup.com/docs/webhooks/step3validate */
import type { ModeOf } from "../gateway.ts";

export const modeOf: ModeOf = ({ headers }) => {
  switch (headers["square-environment"]?.toLowerCase()) {
    case "production":
      return "live";
    case "sandbox":
      return "test";
    default:
      return undefined;
  }
};

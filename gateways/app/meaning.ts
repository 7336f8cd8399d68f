/** For whoever knows payments only: what the application says is none, and belongs to no contract's line. */
import type { Parse } from "../gateway.ts";
import { applicationEvents } from "./application-events.ts";

export const parse: Parse = (callback) =>
  applicationEvents(callback).map(({ id, type, occurredAt }) => ({ id, type: "notice" as const, gatewayType: type, occurredAt }));

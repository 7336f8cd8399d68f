/** The part of a gateway that deliveries need. */
import type { Aging } from "../../core/aging.ts";

export interface DeliveredGateway {
  readonly aging?: Aging;
}

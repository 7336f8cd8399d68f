/** The gateway's own id of an event, for those that put it into their JSON: what a redelivery carries again. */
import type { VerifiedCallback } from "../core/callback.ts";
import { parseJson, textAt } from "../core/formats/json.ts";

/** @throws when there is none; the callback is then known by its bytes. */
export const jsonId = ({ body }: Pick<VerifiedCallback, "body">, field = "id"): string => {
  const id = textAt(parseJson(body), field);
  if (!id) throw new Error(`the body has no ${field}`);
  return id;
};

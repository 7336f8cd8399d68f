/** Network calls of this process, counted where Node makes them, not where a client claims to. */
import { subscribe } from "node:diagnostics_channel";

let made = 0;

/** Both ways that Node speaks HTTP: `http` and `https`, and `fetch`. */
for (const channel of ["http.client.request.start", "undici:request:create"]) subscribe(channel, () => void made++);

/** How many were made since this module was loaded. */
export const networkCalls = (): number => made;

/** A page of JSON of the local stack. */

/** Throws when nothing answers within the time, or not in JSON. */
export const readPage = async (url: string, timeoutMs = 3_000): Promise<unknown> => {
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.json();
};

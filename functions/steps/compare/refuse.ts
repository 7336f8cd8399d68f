/** What cannot be compared is written down and reported, once: another attempt would end alike, so its message is answered. */
import { refusedNews } from "../../../core/reconcile/arriving/news.ts";
import { reportPlace } from "../../../core/reconcile/arriving/places.ts";
import { type Refusal, refusalText } from "../../../core/reconcile/arriving/refusal.ts";
import { digest } from "../../../core/signature.ts";
import type { ExportObject } from "../../../io/exports/bucket.ts";
import type { CompareDependencies } from "./dependencies.ts";
import { notify } from "./notify.ts";

export const refuse = async (
  dependencies: CompareDependencies,
  refusal: Refusal,
  files: readonly Pick<ExportObject, "key" | "etag" | "putAt">[],
): Promise<"refused"> => {
  const { exports, config, clock } = dependencies;
  const at = files.reduce((last, { putAt }) => Math.max(last, putAt), 0) || clock();
  // The same notification again says the same of the same object; put again, it is another.
  const hash = digest("sha256", [JSON.stringify([files.map(({ key, etag, putAt }) => [key, etag, putAt]), refusal.why])]);
  const place = `${reportPlace({ source: refusal.source ?? "no-source", name: refusal.name, at, hash })}.error`;
  if (await exports.hasReport(`${place}.json`)) return "refused";
  const text = `${place}.txt`;
  const names = files.map(({ key }) => key);
  await exports.putReport(text, refusalText(refusal, names, clock()), "text/plain; charset=utf-8");
  await notify(dependencies, refusedNews(config.name, refusal, `s3://${exports.bucket}/${text}`));
  await exports.putReport(`${place}.json`, `${JSON.stringify({ ...refusal, files: names }, null, 2)}\n`, "application/json");
  return "refused";
};

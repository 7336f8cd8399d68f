/** What is said of an export goes to the alarm topic. Throws when the topic has not accepted it, or nobody knows. */
import type { News } from "../../../core/reconcile/arriving/news.ts";
import type { CompareDependencies } from "./dependencies.ts";

export const notify = async ({ alarmTopic }: Pick<CompareDependencies, "alarmTopic">, news: News): Promise<void> => {
  const outcome = await alarmTopic.publish(news);
  if (outcome.kind === "refused") throw new Error(`the alarm topic did not accept the message about an export: ${outcome.why}`);
};

import { expect, test } from "vitest";
import { notify } from "../../../functions/steps/compare/notify.ts";
import type { Published } from "../../../io/alarm-topic.ts";

const news = { subject: "An export was compared", text: "It agrees." };
const topic = (outcome: Published) => ({ alarmTopic: { publish: async () => outcome } });

test("a message that the topic does not accept is an error, so that the export's own message is redelivered", async () => {
  await expect(notify(topic({ kind: "refused", why: "NotFound: no such topic" }), news)).rejects.toThrow(
    "the alarm topic did not accept the message about an export: NotFound: no such topic",
  );
  await expect(notify(topic({ kind: "sent" }), news)).resolves.toBeUndefined();
});

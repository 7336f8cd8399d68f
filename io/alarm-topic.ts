/** The topic to which alarms go, for what is no alarm and concerns the same people. */
import { PublishCommand, SNSClient, SNSServiceException } from "@aws-sdk/client-sns";
import { type CallLimits, clientSettings } from "./clients.ts";

export interface TopicMessage {
  /** ASCII, in one line, of up to 100 characters: the topic takes no other. */
  readonly subject: string;
  readonly text: string;
}

export type Published = { readonly kind: "sent" } | { readonly kind: "refused"; readonly why: string };

export interface AlarmTopic {
  /** Throws when nobody knows whether it was sent: no answer, or an error of the service. */
  publish(message: TopicMessage): Promise<Published>;
}

/** The topic has no idea of repetition: a second attempt is a second message, so none is made here. */
export const createAlarmTopic = ({ arn, limits }: { readonly arn: string; readonly limits: CallLimits }): AlarmTopic => {
  const client = new SNSClient(clientSettings({ ...limits, attempts: 1 }));
  return {
    async publish({ subject, text }) {
      try {
        await client.send(new PublishCommand({ TopicArn: arn, Subject: subject, Message: text }));
        return { kind: "sent" };
      } catch (error) {
        if (error instanceof SNSServiceException && isRefusal(error)) return { kind: "refused", why: `${error.name}: ${error.message}` };
        throw error;
      }
    },
  };
};

/** The service has understood the call and not carried it out. */
const isRefusal = ({ $metadata: { httpStatusCode = 0 } }: SNSServiceException): boolean => httpStatusCode >= 400 && httpStatusCode < 500;

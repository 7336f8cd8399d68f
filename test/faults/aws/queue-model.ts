/**
 * A queue as SQS documents it, on the simulator's clock: five minutes of deduplication, visibility, receipt handles that expire, groups
 * that are locked while one of theirs is away, several of a group in one batch. The emulator runs on real time and hands out one
 * message of a group at a time; queue-model.test.ts holds the two against each other where they can be compared.
 */
import type { Millis } from "../../../core/callback.ts";

export interface Message {
  readonly id: string;
  readonly body: string;
  readonly group: string | undefined;
  readonly sentAt: Millis;
  visibleAt: Millis;
  handle: string | undefined;
  receives: number;
}

export interface Sent {
  readonly body: string;
  readonly group: string | undefined;
  readonly deduplicationId: string | undefined;
}

/** Taken away by the queue itself, without a word to anybody. */
export type Accident = "lost" | undefined;

const deduplicatesForMs = 5 * 60_000;
const keepsForMs = 14 * 86_400_000;
export const largestMessage = 1_048_576;

export type QueueModel = ReturnType<typeof createQueueModel>;

/** Where a message goes that has been handed out so often. */
export interface Redrive {
  readonly after: number;
  readonly to: { send(message: Sent): unknown };
}

export const createQueueModel = (name: string, clock: () => Millis, redrive?: Redrive) => {
  const isFifo = name.endsWith(".fifo");
  let messages: Message[] = [];
  const seen = new Map<string, { readonly id: string; readonly at: Millis }>();
  let count = 0;

  const present = (): Message[] => {
    messages = messages.filter(({ sentAt }) => clock() - sentAt < keepsForMs);
    return messages;
  };
  const isAway = (message: Message): boolean => message.visibleAt > clock();
  const held = (handle: string): Message | undefined => present().find((message) => message.handle === handle && isAway(message));

  return {
    name,
    /** `swallowed`: a message of that id was sent within the last five minutes. */
    send({ body, group, deduplicationId }: Sent): { readonly id: string; readonly swallowed: boolean } {
      const twin = `${group}#${deduplicationId}`;
      const before = isFifo ? seen.get(twin) : undefined;
      if (before && clock() - before.at < deduplicatesForMs) return { id: before.id, swallowed: true };
      const id = `message-${++count}`;
      if (isFifo) seen.set(twin, { id, at: clock() });
      messages.push({ id, body, group, sentAt: clock(), visibleAt: 0, handle: undefined, receives: 0 });
      return { id, swallowed: false };
    },
    depth() {
      const away = present().filter(isAway).length;
      return { visible: present().length - away, away };
    },
    /** In the order sent; of a group nothing while one of its messages is away, unless they are all taken at once. */
    take(most: number, visibilityMs: number): readonly Message[] {
      const given = redrive ? present().filter((message) => !isAway(message) && message.receives >= redrive.after) : [];
      for (const { body, group, id } of given) redrive?.to.send({ body, group, deduplicationId: id });
      messages = messages.filter((message) => !given.includes(message));
      const locked = new Set(isFifo ? present().flatMap((message) => (isAway(message) ? [message.group] : [])) : []);
      const taken = present()
        .filter((message) => !isAway(message) && !(isFifo && locked.has(message.group)))
        .slice(0, most);
      for (const message of taken) {
        message.visibleAt = clock() + visibilityMs;
        message.handle = `${message.id}-${++message.receives}`;
      }
      return taken;
    },
    /** False when the handle is none any more. */
    changeVisibility(handle: string, visibilityMs: number): boolean {
      const message = held(handle);
      if (message) message.visibleAt = clock() + visibilityMs;
      return message !== undefined;
    },
    /** A FIFO queue refuses an expired handle; the other kind deletes what it can. */
    remove(handle: string): boolean {
      const message = held(handle);
      if (message) messages = messages.filter((one) => one !== message);
      return message !== undefined || !isFifo;
    },
    /** A message vanishes. No queue may do that; what is built on queues has to survive it all the same. */
    lose(id: string): void {
      messages = messages.filter((message) => message.id !== id);
    },
    messages: (): readonly Message[] => present(),
    /** When the next message that is away can be seen again. */
    nextVisibleAt(): Millis | undefined {
      const times = present().flatMap((message) => (isAway(message) ? [message.visibleAt] : []));
      return times.length > 0 ? Math.min(...times) : undefined;
    },
  };
};

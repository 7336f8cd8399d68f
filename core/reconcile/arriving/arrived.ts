/** What S3 says of objects that were put: as it writes it into a queue, at least once and in no order. */
import { at, listAt, numberAt, parseJson, textAt } from "../../formats/json.ts";

export interface Arrived {
  readonly bucket: string;
  /** As it is in the bucket. */
  readonly key: string;
  /** Of its content; without quotes. Empty where S3 does not say. */
  readonly etag: string;
  readonly bytes: number;
}

/** Undefined for a text that S3 does not write. Its own test message, when it is set up, is about no object. */
export const readArrived = (body: string): readonly Arrived[] | undefined => {
  const message = parseJson(Buffer.from(body));
  if (textAt(message, "Event") === "s3:TestEvent") return [];
  if (!Array.isArray(at(message, "Records"))) return undefined;
  const arrived = listAt(message, "Records")
    .filter((record) => /^(s3:)?ObjectCreated:/.test(String(textAt(record, "eventName"))))
    .map((record) => {
      const [bucket, written] = [textAt(record, "s3", "bucket", "name"), textAt(record, "s3", "object", "key")];
      const key = written === undefined ? undefined : decodedKey(written);
      if (bucket === undefined || key === undefined) return undefined;
      const etag = (textAt(record, "s3", "object", "eTag") ?? "").replaceAll('"', "");
      return { bucket, key, etag, bytes: numberAt(record, "s3", "object", "size") ?? 0 };
    });
  return arrived.some((one) => one === undefined) ? undefined : (arrived as readonly Arrived[]);
};

/** S3 encodes keys as forms do. */
const decodedKey = (written: string): string | undefined => {
  try {
    return decodeURIComponent(written.replaceAll("+", " "));
  } catch {
    return undefined;
  }
};

/** Bytes too large for an item, in the bucket under their hash: putting them twice changes nothing. */
import { lazy } from "../../core/lazy.ts";
import type { BodyGone, BodyUnreadable } from "../../core/lifecycle/cause.ts";
import type { CallLimits } from "../clients.ts";
import { loadS3 } from "../s3.ts";
import type { BodyPlace } from "./record-item.ts";

export interface Bodies {
  put(sha256: string, body: Uint8Array, signal?: AbortSignal): Promise<BodyPlace>;
  get(place: BodyPlace): Promise<Uint8Array>;
}

/** Why bytes cannot be read. */
export const whyUnreadable = (error: unknown): BodyGone | BodyUnreadable => {
  const { name, message, code } =
    error instanceof Error ? { code: "", ...error, name: error.name, message: error.message } : nameless(error);
  const isGone = name === "NoSuchKey" || name === "AlteredBody" || /^(Z_|ERR_BUFFER)/.test(String(code));
  return { kind: isGone ? "body gone" : "body unreadable", detail: `${name}: ${message}`.slice(0, 300) };
};

const nameless = (error: unknown) => ({ name: "Error", message: String(error), code: "" });

export const createBodies = ({ bucket, limits }: { readonly bucket: string; readonly limits: CallLimits }): Bodies => {
  const s3 = lazy(() => loadS3(limits));
  return {
    async put(sha256, body, signal) {
      const { client, PutObjectCommand } = await s3();
      const object = `bodies/${sha256}`;
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: object, Body: body }), signal ? { abortSignal: signal } : {});
      return { bucket, object };
    },
    async get({ bucket: from, object }) {
      const { client, GetObjectCommand, ListObjectsV2Command } = await s3();
      const place = { bucket: from, object };
      const found = await client.send(new GetObjectCommand({ Bucket: from, Key: object })).catch(async (error: unknown) => {
        // S3 says so of a missing object too, to those who may not list the whole bucket. Its own name may be listed.
        if (!(error instanceof Error) || error.name !== "AccessDenied") throw error;
        const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: from, Prefix: object, MaxKeys: 1 }));
        throw Contents.some(({ Key }) => Key === object) ? error : Object.assign(new Error(`there is no ${object}`), { name: "NoSuchKey" });
      });
      if (!found.Body) throw new Error(`s3://${place.bucket}/${place.object} is empty`);
      return found.Body.transformToByteArray();
    },
  };
};

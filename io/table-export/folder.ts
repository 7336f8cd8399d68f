/** Where an export of the table is: a folder of this machine, or of a bucket. */
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { errorMessage, Failure } from "../../core/failure.ts";
import { lazy } from "../../core/lazy.ts";
import { patient } from "../clients.ts";
import { loadS3 } from "../s3.ts";

export interface Folder {
  /** For messages. */
  readonly name: string;
  /** From its beginning. Throws when there is no such file. */
  open(file: string): AsyncIterable<Uint8Array>;
}

const inBucket = /^s3:\/\/([^/]+)\/(.+?)\/*$/;

/** @param place `s3://bucket/AWSDynamoDB/ID/`, or a path */
export const folderAt = (place: string): Folder => {
  const [, bucket, prefix] = inBucket.exec(place) ?? [];
  if (bucket !== undefined && prefix !== undefined) return s3Folder(bucket, prefix);
  if (place.startsWith("s3:")) throw new Failure(`${place} names no folder: write s3://BUCKET/AWSDynamoDB/ID/.`, "usage");
  return {
    name: place,
    async *open(file) {
      yield* createReadStream(join(place, file), { highWaterMark: 262_144 });
    },
  };
};

const s3Folder = (bucket: string, prefix: string): Folder => {
  const s3 = lazy(() => loadS3(patient));
  return {
    name: `s3://${bucket}/${prefix}`,
    async *open(file) {
      const { client, GetObjectCommand } = await s3();
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: `${prefix}/${file}` }));
      if (!(Body instanceof Readable)) throw new Error(`S3 has answered without a body for ${file}`);
      yield* Body;
    },
  };
};

/** A small file as a whole. @throws Failure when it cannot be read */
export const readSmall = async (folder: Folder, file: string, remedy: string): Promise<Buffer> => {
  try {
    return Buffer.concat(await Array.fromAsync(folder.open(file)));
  } catch (error) {
    throw new Failure(`${folder.name}/${file} cannot be read: ${errorMessage(error)}. ${remedy} Nothing was changed.`);
  }
};

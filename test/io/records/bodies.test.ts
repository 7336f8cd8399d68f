import { randomBytes } from "node:crypto";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterEach, expect, inject, test, vi } from "vitest";
import { digest } from "../../../core/signature.ts";
import { lastResort } from "../../../io/clients.ts";
import { createBodies, whyUnreadable } from "../../../io/records/bodies.ts";
import { createAws } from "../../support/aws/aws.ts";

const setup = async () => {
  const { bucket } = await createAws(inject("endpoints"));
  return { bucket, bodies: createBodies({ bucket, limits: lastResort }) };
};

test("bytes come back from the bucket as they went in", async () => {
  const { bucket, bodies } = await setup();
  const stranger = createBodies({ bucket: "", limits: lastResort });
  for (const body of [new Uint8Array(), Buffer.from([0, 255, 128]), randomBytes(4_000_000)]) {
    const sha256 = digest("sha256", [body]);
    const place = await bodies.put(sha256, body);
    expect(place).toEqual({ bucket, object: `bodies/${sha256}` });
    expect(Buffer.from(await stranger.get(place)).equals(body)).toBe(true);
  }
});

test("putting the same bytes again, also at the same time, changes nothing", async () => {
  const { bodies } = await setup();
  const body = randomBytes(1_000);
  const sha256 = digest("sha256", [body]);
  const places = await Promise.all(Array.from({ length: 10 }, () => bodies.put(sha256, body)));
  expect(new Set(places.map(({ object }) => object)).size).toBe(1);
  expect(Buffer.from(await bodies.get(places[0] ?? { bucket: "", object: "" })).equals(body)).toBe(true);
});

test("missing bytes, and a put whose time is up, throw: what is missing must not look empty", async () => {
  const { bucket, bodies } = await setup();
  await expect(bodies.get({ bucket, object: "bodies/none" })).rejects.toThrow();
  await expect(bodies.put("abc", Buffer.from("abc"), AbortSignal.abort())).rejects.toThrow();
  await expect(bodies.get({ bucket, object: "bodies/abc" })).rejects.toThrow();
});

afterEach(() => vi.restoreAllMocks());

test("where S3 says AccessDenied of what is missing, as to those who may not list the whole bucket, its own name says which it is", async () => {
  const { bucket, bodies } = await setup();
  const there = await bodies.put("abc", Buffer.from("abc"));
  const real = S3Client.prototype.send;
  vi.spyOn(S3Client.prototype, "send").mockImplementation(function (this: S3Client, ...given: unknown[]) {
    if (given[0] instanceof GetObjectCommand) return Promise.reject(Object.assign(new Error("Access Denied"), { name: "AccessDenied" }));
    return (real as (...given: unknown[]) => unknown).apply(this, given);
  } as typeof real);
  const causeOf = (object: string) => bodies.get({ bucket, object }).catch(whyUnreadable);
  expect(await causeOf(there.object)).toMatchObject({ kind: "body unreadable" });
  // The beginning of another's name is not its name.
  expect(await causeOf("bodies/ab")).toMatchObject({ kind: "body gone" });
});

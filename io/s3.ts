import { type CallLimits, clientSettings } from "./clients.ts";

/** The S3 client is loaded at its first use: most environments never need it, and it would double their cold start. */
export const loadS3 = async (limits: CallLimits) => {
  const sdk = await import("@aws-sdk/client-s3");
  const forcePathStyle = process.env.AWS_ENDPOINT_URL_S3 !== undefined;
  return { ...sdk, client: new sdk.S3Client({ ...clientSettings(limits), forcePathStyle }) };
};

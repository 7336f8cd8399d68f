/** What went wrong, in one line with its remedy: our own failures, and the errors that AWS and its SDK are known to give. */
import { Failure, type FailureKind } from "../../core/failure.ts";
import { type Exit, exit } from "./exit.ts";

const exitOf: Readonly<Record<FailureKind, Exit>> = { failed: exit.failed, usage: exit.usage, "nothing found": exit.nothing };

/** Where a command was pointed at, for its messages. */
export interface Whereabouts {
  /** The configuration's name; undefined before it was read. */
  readonly name?: string;
  readonly local: boolean;
}

/** Errors that AWS and its SDK are known to give, by name, and what to do about them. */
const known: readonly (readonly [name: RegExp, tell: (where: string, message: string) => string])[] = [
  [
    /^(CredentialsProviderError|TokenProviderError)$/,
    () => "There are no AWS credentials: run `aws sso login` or set AWS_PROFILE; for the stack on this machine add --local.",
  ],
  [
    /^(ExpiredToken|ExpiredTokenException|UnrecognizedClientException|InvalidClientTokenId|InvalidSignatureException|SignatureDoesNotMatch)$/,
    (_, message) =>
      `AWS does not accept the credentials (${message}): renew them with \`aws sso login\`, or choose others with AWS_PROFILE.`,
  ],
  [
    /^(AccessDenied|AccessDeniedException|AuthorizationError|KMSAccessDeniedException)$/,
    (where, message) =>
      `These credentials may not do that in ${where}: ${message} The construct's grantRead (to look) and grantOperate (to replay) give the rights.`,
  ],
  [
    /^(ResourceNotFoundException|QueueDoesNotExist|AWS\.SimpleQueueService\.NonExistentQueue)$/,
    (where) =>
      `${where} is not deployed in this account and region: check AWS_PROFILE, AWS_REGION and the configuration's name, or deploy it with \`npx cdk deploy\`.`,
  ],
  [
    /^(ProvisionedThroughputExceededException|ThrottlingException|RequestLimitExceeded|RequestThrottled)$/,
    (where) => `AWS is throttling requests to ${where}: wait a minute and try again, for a replay with a lower --rate.`,
  ],
  [
    /^(TimeoutError|NetworkingError|AbortError)$/,
    (where, message) => `${where} does not answer (${message}): check the network, VPN and proxy, and try again.`,
  ],
];

/** The one line for an expected error; undefined for what nobody foresaw, which deserves its stack trace. */
export const explain = (error: unknown, at: Whereabouts): { readonly message: string; readonly exitCode: Exit } | undefined => {
  if (error instanceof Failure) return { message: error.message, exitCode: exitOf[error.kind] };
  if (!(error instanceof Error)) return undefined;
  const where = at.local ? "The local stack" : at.name === undefined ? "AWS" : `The stack ${at.name}`;
  if (error.message.includes("Region is missing"))
    return {
      message: "No AWS region is chosen: set AWS_REGION or a profile with one; for the stack on this machine add --local.",
      exitCode: exit.failed,
    };
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (/^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH)$/.test(code))
    return {
      message: at.local
        ? `The local stack does not answer (${code}): start it anew with \`npm start\`.`
        : `${where} cannot be reached (${code}): check the network, the region, and AWS_ENDPOINT_URL_* if it is set.`,
      exitCode: exit.failed,
    };
  const tell = known.find(([name]) => name.test(error.name))?.[1];
  return tell && { message: tell(where, error.message), exitCode: exit.failed };
};

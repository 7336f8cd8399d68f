/** What went wrong, in one line with its remedy: our own failures, and known errors of AWS and its SDK. */
import { Failure, type FailureKind } from "../../core/failure.ts";
import { type Exit, exit } from "./exit.ts";

const exitOf: Readonly<Record<FailureKind, Exit>> = { failed: exit.failed, usage: exit.usage, "nothing found": exit.nothing };

/** Which stack a command works on, for its messages. */
interface Whereabouts {
  /** The configuration's name; undefined until it has been read. */
  readonly name?: string;
  readonly local: boolean;
}

/** Known errors of AWS and its SDK, by name, and their remedies. */
const known: readonly (readonly [name: RegExp, explain: (where: string, message: string) => string])[] = [
  [
    /^(CredentialsProviderError|TokenProviderError)$/,
    () => "There are no AWS credentials: run `aws sso login` or set AWS_PROFILE; for the local stack add --local.",
  ],
  [
    /^(ExpiredToken|ExpiredTokenException|UnrecognizedClientException|InvalidClientTokenId|InvalidSignatureException|SignatureDoesNotMatch)$/,
    (_, message) => `AWS rejects the credentials (${message}): renew them with \`aws sso login\`, or choose others with AWS_PROFILE.`,
  ],
  [
    /^(AccessDenied|AccessDeniedException|AuthorizationError|KMSAccessDeniedException)$/,
    (where, message) =>
      `These credentials lack permission in ${where}: ${message} Use the construct's grantRead (to list and show) or grantOperate (to replay); grantErase (to erase).`,
  ],
  [
    /^(ResourceNotFoundException|QueueDoesNotExist|AWS\.SimpleQueueService\.NonExistentQueue)$/,
    (where) =>
      `${capitalized(where)} is not deployed in this account and region: check AWS_PROFILE, AWS_REGION and the configuration's name, or deploy it with \`npx cdk deploy\`.`,
  ],
  [
    /^(ProvisionedThroughputExceededException|ThrottlingException|RequestLimitExceeded|RequestThrottled|SlowDown)$/,
    (where) => `Requests to ${where} are throttled: wait a minute and try again; for a replay, use a lower --rate.`,
  ],
  [
    /^(InternalServerError|InternalFailure|InternalError|InternalServiceError|ServiceUnavailable|ServiceUnavailableException)$/,
    (where, message) => `Requests to ${where} end in a server error (${message}): wait a minute and try again.`,
  ],
  [
    /^(TimeoutError|NetworkingError|AbortError)$/,
    (where, message) => `${capitalized(where)} does not answer (${message}): check the network, VPN and proxy, and try again.`,
  ],
];

const capitalized = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** The one line for an expected error; undefined for an unexpected one, which deserves its stack trace. */
export const explain = (error: unknown, place: Whereabouts): { readonly message: string; readonly exitCode: Exit } | undefined => {
  if (error instanceof Failure) return { message: error.message, exitCode: exitOf[error.kind] };
  if (!(error instanceof Error)) return undefined;
  const where = place.local ? "the local stack" : place.name === undefined ? "AWS" : `the stack ${place.name}`;
  if (error.message.includes("Region is missing"))
    return {
      message: "No AWS region is set: set AWS_REGION or use a profile that has one; for the local stack add --local.",
      exitCode: exit.failed,
    };
  const code = (error as NodeJS.ErrnoException).code ?? "";
  if (/^(ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH)$/.test(code))
    return {
      message: place.local
        ? `The local stack does not answer (${code}): restart it with \`npm start\`.`
        : `${capitalized(where)} cannot be reached (${code}): check the network, the region, and AWS_ENDPOINT_URL_* if it is set.`,
      exitCode: exit.failed,
    };
  const sentence = known.find(([name]) => name.test(error.name))?.[1];
  return sentence && { message: sentence(where, error.message), exitCode: exit.failed };
};

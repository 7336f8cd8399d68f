/** Where a service is, and as whom it is called, as far as the environment alone says so. That is how Lambda says it. */

export interface Access {
  readonly service: "dynamodb" | "secretsmanager";
  readonly region: string;
  readonly isSecure: boolean;
  readonly hostname: string;
  readonly port: number;
  /** The host header: the port is in it only where it is not the usual one. */
  readonly host: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** With any of these set, the SDK finds another endpoint or other credentials than the rest of the environment says. */
const onlyTheSdkUnderstands = [
  "AWS_PROFILE",
  "AWS_ACCOUNT_ID",
  "AWS_ACCOUNT_ID_ENDPOINT_MODE",
  "AWS_AUTH_SCHEME_PREFERENCE",
  "AWS_CREDENTIAL_EXPIRATION",
  "AWS_CREDENTIAL_SCOPE",
  "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
  "AWS_USE_DUALSTACK_ENDPOINT",
  "AWS_USE_FIPS_ENDPOINT",
];

const endpointVariable = { dynamodb: "AWS_ENDPOINT_URL_DYNAMODB", secretsmanager: "AWS_ENDPOINT_URL_SECRETS_MANAGER" } as const;

/** The partitions whose hosts are known here; others (isolated ones, new ones) are left to the SDK's table. */
const domains: ReadonlyArray<readonly [region: RegExp, domain: string]> = [
  [/^(us|eu|ap|sa|ca|me|af|il|mx)-[a-z]+-\d+$/, "amazonaws.com"],
  [/^us-gov-[a-z]+-\d+$/, "amazonaws.com"],
  [/^cn-[a-z]+-\d+$/, "amazonaws.com.cn"],
];

/** Undefined when the SDK might know better: then it has to make the call. */
export const directAccess = (service: Access["service"], environment: Environment): Access | undefined => {
  const { AWS_REGION: region, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = environment;
  if (!region || !AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) return undefined;
  if (onlyTheSdkUnderstands.some((name) => environment[name])) return undefined;
  const url = endpointOf(service, region, environment);
  if (!url) return undefined;
  const isSecure = url.protocol === "https:";
  return {
    service,
    region,
    isSecure,
    hostname: url.hostname,
    port: url.port === "" ? (isSecure ? 443 : 80) : Number(url.port),
    host: url.host,
    credentials: {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      ...(AWS_SESSION_TOKEN && { sessionToken: AWS_SESSION_TOKEN }),
    },
  };
};

const endpointOf = (service: Access["service"], region: string, environment: Environment): URL | undefined => {
  const configured = environment[endpointVariable[service]] || environment.AWS_ENDPOINT_URL;
  if (configured) {
    const url = URL.canParse(configured) ? new URL(configured) : undefined;
    // A path, a query or a name and password in it: not what an engine or AWS has, so not understood here.
    return url && url.href === `${url.protocol}//${url.host}/` && /^https?:$/.test(url.protocol) ? url : undefined;
  }
  // A file of settings may name an endpoint.
  if (environment.AWS_CONFIG_FILE) return undefined;
  const domain = domains.find(([regions]) => regions.test(region))?.[1];
  return domain === undefined ? undefined : new URL(`https://${service}.${region}.${domain}`);
};

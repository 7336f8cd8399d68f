/** What HTTP API makes of a request for a function (payload format 2.0), and of the function's result for the caller. */
import { randomUUID } from "node:crypto";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { Route } from "./routes.ts";

export interface ArrivedRequest {
  readonly method: string;
  /** Path and query as they were sent. */
  readonly target: string;
  /** Names and values in turn, as they were sent. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  readonly sourceIp: string;
  readonly protocol: string;
  readonly now: number;
}

/**
 * Whether a body reaches the function as text. Measured on AWS: `text/*` and JSON, XML and JavaScript, when no charset or
 * UTF-8 is named. Everything else arrives as base64: forms, suffixed types such as `application/vnd.api+json`, and a
 * missing content type.
 */
export const isText = (contentType: string | undefined): boolean => {
  const [type = "", ...parameters] = (contentType ?? "").toLowerCase().split(";");
  if (!/^(text\/.+|application\/(json|xml|javascript))$/.test(type.trim())) return false;
  const charset = parameters
    .map((parameter) => /^\s*charset\s*=\s*"?([^"\s]*)"?\s*$/.exec(parameter)?.[1])
    .find((found) => found !== undefined);
  return charset === undefined || charset === "utf-8";
};

export const toEvent = (request: ArrivedRequest, route: Route): APIGatewayProxyEventV2 => {
  const [path = "/", ...query] = request.target.split("?");
  const rawQueryString = query.join("?");
  const headers = joinedHeaders(request.rawHeaders);
  const { cookie, ...others } = headers;
  const text = isText(headers["content-type"]);
  const parameters = joinedQuery(rawQueryString);
  return {
    version: "2.0",
    routeKey: route.key,
    rawPath: path,
    rawQueryString,
    ...(cookie !== undefined && { cookies: cookie.split(/; */) }),
    headers: {
      ...others,
      "x-forwarded-for": [others["x-forwarded-for"], request.sourceIp].filter(Boolean).join(", "),
      "x-forwarded-proto": "http",
    },
    ...(Object.keys(parameters).length > 0 && { queryStringParameters: parameters }),
    requestContext: {
      accountId: "000000000000",
      apiId: "local",
      domainName: headers.host ?? "localhost",
      domainPrefix: "local",
      http: {
        method: request.method,
        path,
        protocol: request.protocol,
        sourceIp: request.sourceIp,
        userAgent: headers["user-agent"] ?? "",
      },
      requestId: randomUUID(),
      routeKey: route.key,
      stage: "$default",
      time: new Date(request.now).toUTCString(),
      timeEpoch: request.now,
    },
    ...(Object.keys(route.parameters).length > 0 && { pathParameters: { ...route.parameters } }),
    ...(request.body.length > 0 && { body: request.body.toString(text ? "utf8" : "base64") }),
    isBase64Encoded: request.body.length > 0 && !text,
  };
};

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Buffer;
}

/**
 * What the caller gets. A result without `statusCode` - also none at all - is a 200 with that result as JSON: to HTTP API
 * silence is success, which is why the functions build their answers in one typed place.
 */
export const toAnswer = (result: unknown): Answer => {
  if (typeof result !== "object" || result === null || !("statusCode" in result))
    return { status: 200, headers: { "content-type": "application/json" }, body: JSON.stringify(result) ?? "null" };
  const { statusCode, headers, body, isBase64Encoded, cookies } = result as Record<string, unknown>;
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 100 || status > 599 || (body !== undefined && typeof body !== "string"))
    return internalServerError;
  const given = typeof headers === "object" && headers !== null ? Object.entries(headers) : [];
  const named = Object.fromEntries(given.map(([name, value]) => [name.toLowerCase(), String(value)]));
  return {
    status,
    headers: { "content-type": "text/plain;charset=utf-8", ...named, ...(Array.isArray(cookies) && { "set-cookie": cookies.map(String) }) },
    body: isBase64Encoded === true ? Buffer.from(body ?? "", "base64") : (body ?? ""),
  };
};

/** What HTTP API answers on its own. */
export const ownAnswer = (status: number, message: string): Answer => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ message }),
});

export const internalServerError = ownAnswer(500, "Internal Server Error");

/** Lower-case names; the values of a repeated name joined with a comma. */
const joinedHeaders = (rawHeaders: readonly string[]): Record<string, string> => {
  const names = rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
  return joined(names.map((name, index) => [name, rawHeaders[index * 2 + 1] ?? ""]));
};

/** Names that objects inherit, such as `__proto__`, are names like any other. */
const joined = (pairs: Iterable<readonly [name: string, value: string]>): Record<string, string> => {
  const all = new Map<string, string>();
  for (const [name, value] of pairs) all.set(name, all.has(name) ? `${all.get(name)},${value}` : value);
  return Object.fromEntries(all);
};

const joinedQuery = (query: string): Record<string, string> => joined(new URLSearchParams(query));

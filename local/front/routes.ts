/** The routes of the template's HTTP API, and which of them a request takes. */

import { Failure } from "../../core/failure.ts";
import { numberAt, textAt } from "../../core/formats/json.ts";
import type { Identity } from "../template/identities.ts";
import { type References, resolve } from "../template/intrinsics.ts";
import type { Resource } from "../template/synthesis.ts";
import { defaultThrottle, type Throttle } from "./throttle.ts";

interface RoutePlan {
  /** `POST /callbacks/{source}`, `ANY /{rest+}` or `$default`. */
  readonly key: string;
  readonly functionName: string;
  readonly timeoutMs: number;
}

export interface Route extends RoutePlan {
  readonly parameters: Readonly<Record<string, string>>;
}

export interface ApiPlan {
  readonly routes: readonly RoutePlan[];
  readonly throttle: Throttle;
}

/** HTTP API's limit, and its default. */
const longestTimeoutMs = 30_000;

export const planApi = (resources: readonly Resource[], references: References, identities: ReadonlyMap<string, Identity>): ApiPlan => {
  const integrations = new Map(
    resources.filter(({ type }) => type === "AWS::ApiGatewayV2::Integration").map((one) => [one.logicalId, one]),
  );
  const functionsByArn = new Map([...identities.values()].map(({ name, attributes }) => [attributes.Arn, name]));
  const routes = resources
    .filter(({ type }) => type === "AWS::ApiGatewayV2::Route")
    .map(({ logicalId, properties }) => {
      const target = String(resolve(properties.Target, references, `Target of ${logicalId}`)).replace(/^integrations\//, "");
      const integration = integrations.get(target)?.properties;
      const uri = String(resolve(integration?.IntegrationUri, references, `IntegrationUri of ${target}`));
      // Either the function's own ARN, or API Gateway's path to it: `...:lambda:path/2015-03-31/functions/<arn>/invocations`.
      const functionName = functionsByArn.get(/functions\/(.+)\/invocations$/.exec(uri)?.[1] ?? uri);
      if (!functionName) throw new Failure(`The route ${logicalId} leads to ${uri}; the local stack knows routes to functions only.`);
      if (textAt(integration, "PayloadFormatVersion") !== "2.0")
        throw new Failure(`The route ${logicalId} uses another payload format than 2.0, which the local front does not speak.`);
      const timeoutMs = numberAt(integration, "TimeoutInMillis") ?? longestTimeoutMs;
      return { key: textAt(properties, "RouteKey") ?? "$default", functionName, timeoutMs };
    });
  const stage = resources.find(({ type }) => type === "AWS::ApiGatewayV2::Stage")?.properties;
  return {
    routes,
    throttle: {
      ratePerSecond: numberAt(stage, "DefaultRouteSettings", "ThrottlingRateLimit") ?? defaultThrottle.ratePerSecond,
      burst: numberAt(stage, "DefaultRouteSettings", "ThrottlingBurstLimit") ?? defaultThrottle.burst,
    },
  };
};

/** The most specific route: a path without parameters before one with them, a method before ANY, `$default` last. */
export const findRoute = (routes: readonly RoutePlan[], method: string, path: string): Route | undefined => {
  const matches = routes.flatMap((route) => {
    const parameters = match(route.key, method, path);
    return parameters ? [{ ...route, parameters }] : [];
  });
  return matches.sort((one, other) => rank(one) - rank(other))[0];
};

const rank = ({ key, parameters }: Route): number =>
  key === "$default" ? 1_000 : Object.keys(parameters).length * 10 + (key.startsWith("ANY ") ? 1 : 0) + (key.includes("+}") ? 100 : 0);

const match = (key: string, method: string, path: string): Record<string, string> | undefined => {
  if (key === "$default") return {};
  const [wantedMethod, pattern = ""] = key.split(" ");
  if (wantedMethod !== "ANY" && wantedMethod !== method) return undefined;
  const [wanted, given] = [pattern.split("/"), path.split("/")];
  const parameters: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const found = given[index];
    if (segment.endsWith("+}")) {
      const rest = given.slice(index).join("/");
      return rest === "" ? undefined : { ...parameters, [segment.slice(1, -2)]: decoded(rest) };
    }
    if (found === undefined) return undefined;
    if (segment.startsWith("{")) {
      if (found === "") return undefined;
      parameters[segment.slice(1, -1)] = decoded(found);
    } else if (segment !== found) return undefined;
  }
  return wanted.length === given.length ? parameters : undefined;
};

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/** What has to be in place, checked one by one: stores, sweep, sources with their secrets and verification, targets. */

import { sourceSecretName, targetSecretName } from "../../core/config/of-config.ts";
import { resourceNames } from "../../core/config/resource-names.ts";
import { isSigned, targetText } from "../../core/config/target.ts";
import { type AgingSource, agingSources } from "../../core/delivery/aging.ts";
import { errorMessage } from "../../core/failure.ts";
import { counted } from "../../core/formats/counted.ts";
import { dayOf } from "../../core/formats/iso-time.ts";
import { findGateway } from "../../gateways/index.ts";
import { usesSecrets } from "../../io/source-verifier.ts";
import type { Connection } from "../connect/connect.ts";
import { explain } from "../terminal/explain.ts";
import type { Check } from "./check.ts";
import { conditionChecks } from "./condition-checks.ts";
import { strengthOf } from "./weakness.ts";

/** Everything that can be checked once the configuration is usable: what has to be in place, and the conditions that `status` shows. */
export const checkPlace = async (connection: Connection): Promise<readonly Check[]> => {
  const [sources, targets] = [Object.keys(connection.config.sources), Object.keys(connection.config.targets)];
  const [inPlace, conditions] = await Promise.all([checkParts(connection, sources, targets), conditionChecks(connection)]);
  return [...inPlace, ...conditions];
};

const checkParts = (connection: Connection, sources: readonly string[], targets: readonly string[]): Promise<readonly Check[]> =>
  Promise.all([
    { what: "configuration", outcome: "ok", detail: `${counted(sources.length, "source")}, ${counted(targets.length, "target")}` },
    ...storeChecks(connection),
    ...sources.map((source) => sourceCheck(connection, source)),
    ...targets.map((target) => targetCheck(connection, target)),
  ]);

const storeChecks = (connection: Connection): readonly Promise<Check>[] => {
  const names = resourceNames(connection.config.name);
  const now = connection.clock();
  const depth = (queue: "doorbells" | "deadLetters" | "spill") => async () => {
    const { visible } = await (await connection.queues()).depth(queue);
    return counted(visible, "message");
  };
  return [
    reach(connection, names.recordsTable, async () => {
      await connection.records.timeline({ day: dayOf(now), shard: 0, from: now, to: now, limit: 1 });
      return "reachable";
    }),
    reach(connection, names.ledgerTable, async () => {
      await connection.checkpoints.read("first look");
      return "reachable";
    }),
    reach(connection, names.doorbells, depth("doorbells")),
    reach(connection, names.deadLetters, depth("deadLetters")),
    reach(connection, names.spill, depth("spill")),
  ];
};

const reach = async (connection: Connection, what: string, look: () => Promise<string>): Promise<Check> => {
  try {
    return { what, outcome: "ok", detail: await look() };
  } catch (error) {
    return { what, outcome: "failed", detail: explained(connection, error, errorMessage(error)) };
  }
};

const explained = ({ config, local }: Connection, error: unknown, otherwise: string): string =>
  explain(error, { name: config.name, local: local !== undefined })?.message ?? otherwise;

const sourceCheck = async (connection: Connection, source: string): Promise<Check> => {
  const what = `source ${source}`;
  const settings = connection.config.sources[source];
  const gateway = settings && findGateway(settings.gateway);
  if (!settings || !gateway) return { what, outcome: "failed", detail: `there is no gateway ${settings?.gateway}` };
  const api = settings.options?.readBackSecret;
  if (settings.kind === "eventbridge") {
    const credential = api ? await secretCheck(connection, api) : undefined;
    const said = [gateway.facts.title, `events of the bus ${settings.bus}: AWS has verified their sender`];
    return {
      what,
      outcome: credential?.outcome ?? "ok",
      detail: [...said, credential && `for reading back: ${credential.detail}`].filter(Boolean).join("; "),
    };
  }
  const strength = strengthOf(gateway, settings);
  const [secret, credential] = await Promise.all([
    usesSecrets(gateway) ? secretCheck(connection, sourceSecretName(connection.config, source)) : undefined,
    api ? secretCheck(connection, api) : undefined,
  ]);
  const details = [
    gateway.facts.title,
    `verified by: ${strength.text}${strength.weakness === undefined ? "" : ` - ${strength.weakness}`}`,
    secret?.detail,
    `unverified callbacks: ${settings.unproven ?? gateway.onUnverified}`,
    credential && `for reading back: ${credential.detail}`,
  ];
  const wrong = [secret, credential].find((one) => one && one.outcome !== "ok");
  return { what, outcome: wrong?.outcome ?? (strength.weakness === undefined ? "ok" : "note"), detail: details.filter(Boolean).join("; ") };
};

const targetCheck = async (connection: Connection, target: string): Promise<Check> => {
  const what = `target ${target}`;
  const settings = connection.config.targets[target];
  if (!settings) return { what, outcome: "failed", detail: "it is not configured" };
  const [hold, secret] = await Promise.all([
    connection.holds.current(target).catch(() => undefined),
    isSigned(settings) ? secretCheck(connection, targetSecretName(connection.config, target)) : undefined,
  ]);
  const aging = agingSources(connection.config, findGateway).filter((one) => one.target === target);
  const isAging = aging.some(({ isResigned }) => !isResigned);
  const said = [targetText(settings), secret?.detail, agingText(aging), hold && `held by ${hold.by}: ${hold.why}`];
  const outcome = secret && secret.outcome !== "ok" ? secret.outcome : hold || isAging ? "note" : "ok";
  return { what, outcome, detail: said.filter(Boolean).join("; ") };
};

const agingText = (aging: readonly AgingSource[]): string | undefined => {
  if (aging.length === 0) return undefined;
  const sources = aging.map(({ source, toleranceSeconds }) => `${source} (${toleranceSeconds} s)`).join(", ");
  return aging.some(({ isResigned }) => !isResigned)
    ? `signatures of ${sources} age: what is delivered later is refused where the application checks the time; set \`resign: true\``
    : `signed again when it is sent: ${sources}`;
};

const secretCheck = async (connection: Connection, name: string): Promise<Pick<Check, "outcome" | "detail">> => {
  const found = await (await connection.secrets()).read(name);
  if (found.kind === "unreadable") {
    // grantRead and grantOperate do not grant access to secrets; anyone who may not read them cannot check them.
    if (found.because === "not permitted")
      return { outcome: "unknown", detail: `you may not read the secret ${name}, so it is not checked` };
    if (connection.local) return { outcome: "failed", detail: `${found.reason}; see .holdfast/secrets.json` };
    if (found.because === "not put") {
      const remedy = `put it there: aws secretsmanager put-secret-value --secret-id ${name} --secret-string '{"secrets":["..."]}'`;
      return { outcome: "failed", detail: `${found.reason}; ${remedy}` };
    }
    return { outcome: "failed", detail: explained(connection, found.error, found.reason) };
  }
  const empty = found.secrets.filter((secret) => secret.trim() === "").length;
  if (found.secrets.length === 0 || empty > 0)
    return {
      outcome: "failed",
      detail: `the secret ${name} holds ${empty > 0 ? "an empty string" : "no secret"}: put the gateway's own there`,
    };
  return { outcome: "ok", detail: `${counted(found.secrets.length, "secret")} in ${name}` };
};

/** The promises about what the ledger and the application learn: P5, P7 and P8. */
import type { PaymentEvent } from "../../core/event.ts";
import { balance } from "../../core/ledger/ledger.ts";
import { type Evidence, type Finding, isSuccess, quarantinedOf, recordsOf, type Snapshot } from "./evidence.ts";

/** Twins live the same life under different ids; one's callbacks came in order and once, the other's in any order, some repeated. Their ledgers must agree. */
export const ledgerDoesNotDependOnLuck = ({ after, twins }: Evidence): Finding => {
  const unlike = twins.filter(({ source, orderly, messy }) => balancesOf(after, source, orderly) !== balancesOf(after, source, messy));
  const empty = twins.filter(
    ({ source, orderly }) => !after.entries.some((one) => one.source === source && orderly.includes(one.contract)),
  );
  return {
    judgedBy: `${twins.length - unlike.length} of ${twins.length} shuffled contracts equal their twins`,
    breaches: [
      ...unlike.map(
        ({ source, orderly, messy }) => `the ledger of ${source}/${messy[0]} differs from that of ${orderly[0]}, which lived the same life`,
      ),
      ...empty.map(({ source, orderly }) => `the ledger knows nothing of ${source}/${orderly[0]}`),
    ],
  };
};

/** What the ledger says about a life, with each of its ids, those of its events and payments included, masked wherever it occurs. */
const balancesOf = ({ entries }: Snapshot, source: string, ids: readonly string[]): string => {
  const contracts = ids.map((contract) => {
    const own = entries.filter((one) => one.source === source && one.contract === contract);
    const { entries: ordered, charges, ...rest } = balance(source, contract, own);
    // Events of one moment are in the order of their ids, which twins do not share.
    const place = ({ occurredAt, type, gatewayType, amount }: PaymentEvent) => `${occurredAt} ${type} ${gatewayType} ${amount?.minor}`;
    const events = ordered.map(({ event }) => event).toSorted((one, other) => (place(one) < place(other) ? -1 : 1));
    return { rest, charges: charges.map(({ ids: all, ...charge }) => ({ ...charge, ids: all.length })), events };
  });
  const names = [...ids, ...contracts.flatMap(({ events }) => events.flatMap(namesIn))];
  const masked = (value: unknown) =>
    names.reduce((text, name, index) => text.replaceAll(JSON.stringify(name), `<${index}>`), JSON.stringify(value));
  return contracts
    .map(({ rest, charges, events }) =>
      [
        masked(rest),
        ...charges.map(masked).toSorted(),
        ...events.map(({ id, type, occurredAt, amount, charge }) => masked({ id, type, occurredAt, amount, charge })),
      ].join("\n"),
    )
    .join("\n");
};

/** Ids that a twin has of its own. */
const namesIn = ({ id, charge, alsoKnownAs = [], part, refund, dispute }: PaymentEvent): readonly string[] =>
  [id, charge, ...alsoKnownAs, part, refund, dispute].filter((name) => name !== undefined);

export const replayIsSafe = ({ before, after, seen, replayedFrom, replayedAgain }: Evidence): Finding => {
  const [earlier, later] = [asTexts(before), asTexts(after)];
  const keys = new Map<string, Set<string>>();
  for (const { record, idempotencyKey } of seen) keys.set(record, (keys.get(record) ?? new Set()).add(idempotencyKey));
  const users = Map.groupBy(
    [...keys].flatMap(([record, used]) => [...used].map((key) => ({ record, key }))),
    ({ key }) => key,
  );
  const late = seen.filter(({ arrivedAt }) => arrivedAt >= replayedFrom);
  const written = [...later].filter((entry) => !earlier.has(entry));
  const gone = [...earlier].filter((entry) => !later.has(entry));
  const twice = replayedAgain.filter((record) => late.some((one) => one.record === record && isSuccess(one)));
  return {
    judgedBy: `${twice.length} delivered again, ids the same; ${later.size} ledger entries, ${written.length + gone.length} changed`,
    breaches: [
      ...written.map((entry) => `a replay has written to the ledger: ${entry}`),
      ...gone.map((entry) => `a replay has removed from the ledger: ${entry}`),
      ...[...keys]
        .filter(([, used]) => used.size > 1)
        .map(([record, used]) => `${record} came under ${used.size} ids: ${[...used].join(", ")}`),
      ...[...users].filter(([, some]) => some.length > 1).map(([key, some]) => `${some.length} records came under the id ${key}`),
      ...replayedAgain.filter((record) => !twice.includes(record)).map((record) => `${record} was replayed and did not arrive`),
    ],
  };
};

const asTexts = ({ entries }: Snapshot): ReadonlySet<string> => new Set(entries.map((entry) => JSON.stringify(entry)));

export const badInputChangesNothing = ({ exchanges, seen, after, accepting }: Evidence): Finding => {
  const forged = exchanges.filter(({ genuine }) => !genuine);
  const bytes = new Set(forged.map(({ sha256 }) => sha256));
  const kept = new Set(quarantinedOf(after).map(({ sha256 }) => sha256));
  const genuine = new Set(recordsOf(after).map(({ record }) => record.key as string));
  const refused = forged.filter(({ answer }) => answer === "rejected").length;
  const passedOn = seen.filter(({ sha256 }) => bytes.has(sha256));
  return {
    judgedBy: `${forged.length} forged: ${refused} rejected, ${forged.length - refused} accepted by policy, ${passedOn.length} delivered`,
    breaches: [
      ...passedOn.map(({ record }) => `the application was sent the forged ${record}`),
      ...seen
        .filter(({ record }) => !genuine.has(record))
        .map(({ record }) => `the application was sent ${record}, which is not a verified record`),
      ...after.entries
        .filter(({ record }) => !genuine.has(record))
        .map(({ record, contract }) => `the ledger has learned of ${contract} from ${record}, which is unverified`),
      ...recordsOf(after)
        .filter(({ sha256 }) => bytes.has(sha256))
        .map(({ record }) => `the forged ${record.key} is taken for genuine`),
      ...forged
        .filter(({ source, answer, sha256 }) => answer === "acknowledged" && !(accepting.has(source) && kept.has(sha256)))
        .map(({ source, sha256 }) =>
          accepting.has(source)
            ? `a forged callback of ${source} was acknowledged, and its bytes (${sha256.slice(0, 12)}...) are not kept`
            : `${source} acknowledged a forged callback`,
        ),
    ],
  };
};

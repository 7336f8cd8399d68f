/** The page about the gateways, made from the registry, from what the simulator writes for them, and from the known doubts. */

import { table } from "../../bench/markdown-table.ts";
import type { RawCallback, Reply } from "../../core/callback.ts";
import type { Aging } from "../../core/delivery/aging.ts";
import { retriesText } from "../../gateways/facts.ts";
import { type Gateway, gateways } from "../../gateways/index.ts";
import { matrix, sentBy } from "./gateways-meanings.ts";
import { playedBy } from "./play-gateways.ts";

const all: readonly Gateway[] = Object.values(gateways);

/** Doubts that several gateways share; those of one are in its facts. */
const sharedDoubts = [
  "An event that names only its payment (refunds of PayPal, Adyen, Stripe and others) is delivered in the order of that payment; in the ledger it is joined with the contract as soon as any event of the payment names it.",
  "Where a gateway sends no time with what it says (GMO Epsilon, Telecom Credit, ZEUS), the time of receipt is used, so two callbacks that overtake each other are taken in the order in which they arrived.",
  "A failed renewal is also read as the contract being past due for Lemon Squeezy, fincode's direct debits and Telecom Credit, although they do not say so in those words (low confidence).",
];

export const gatewaysPage = (): string => {
  const played = playedBy();
  return [
    "# The gateways",
    "",
    "Made from the gateways' folders by `npm run generate -- gateways`; a test fails when it is out of date. Change the gateway's facts, not this page.",
    "",
    "Confidence: **H** official text, official code or a published vector; **M** one good secondary source; **L** inference. A strength of `signature` proves sender and bytes; `shared token` proves the sender to whoever has not seen another callback; `source address` proves the network it came from; `none` proves nothing.",
    "",
    "## How a callback is verified, and what makes it unique",
    "",
    ...table(
      ["gateway", "proof", "strength", "idempotency key", "charset", "if unverified"],
      all.map(({ name, strength, facts, hashesId, onUnverified, unverifiedStatus }) => [
        `**${name}**: ${facts.title}`,
        facts.proof,
        strength,
        hashesId ? `hash of ${facts.key}` : facts.key,
        facts.charset,
        `\`${onUnverified}\`${unverifiedStatus === undefined ? "" : `, ${unverifiedStatus}`}`,
      ]),
    ),
    "",
    "The last column is the default for callbacks that cannot be verified: `refuse` rejects them, with the status named here where the gateway retries after any failure; `accept` acknowledges them, for gateways whose rejection does harm. Either way the bytes are quarantined. A source sets its own with `unproven`.",
    "",
    "Where the key is a hash of order and payment numbers, these are not in the queues, the dead letters or the logs; events keep the id itself, which applications deduplicate by. `holdfast show`, `list` and `replay` find such a record by its order, payment or contract number (decision 36).",
    "",
    "## How it is answered",
    "",
    ...table(
      ["gateway", "acknowledgement", "rejection", "deadline", "retries"],
      all.map((gateway) => [
        gateway.name,
        answer(gateway.acknowledge(nothing)),
        answer(gateway.refuse(nothing)),
        gateway.facts.deadlineSeconds === undefined ? "not published" : `${gateway.facts.deadlineSeconds} s`,
        retriesText(gateway.facts.retries),
      ]),
    ),
    "",
    "For sbps this is the answer to a form; XML notices are answered in XML, under their own id. For hmac it is the default, which its options change.",
    "",
    "## Signatures that age",
    "",
    "Where the time is signed, the gateway's own library refuses what was signed too long ago, and a callback that is delivered late (after an outage, or replayed) is refused by an application that uses it. With `resign: true` on its target the signature is made again whenever the callback is sent, with the source's own secrets (hmac, whose form has room for one: the one that the sender signed with, or the first once that is taken out), and the header `Holdfast-Resigned` names the headers that were. Without it such a record waits, is no dead letter, and says so. Gateways that are not listed sign no time.",
    "",
    ...table(
      ["gateway", "its library accepts", "`resign`"],
      all.flatMap(({ name, aging }) => (aging ? [[name, ...agingCells(aging)]] : [])),
    ),
    "",
    "## Tests and real payments",
    "",
    'Where a callback says that it is a test, a source for real payments (`mode`, by default `"live"`) acknowledges and keeps it, and it ends as `ignored`: it is neither in the ledger nor delivered. With `mode: "test"` it is the reverse, and the alarm `real-left-out` says that real payments are being left out. After a change of the setting `npx holdfast replay` takes them. A callback that does not say is taken as its source\'s. Gateways that are not listed have an account, a shop or a secret of its own for tests, or do not say.',
    "",
    ...table(
      ["gateway", "says so by"],
      all.flatMap(({ name, facts: { mode } }) => (mode === undefined ? [] : [[name, mode]])),
    ),
    "",
    "## Headers that are passed through",
    "",
    "Beside `Content-Type`, `Content-Encoding` and `User-Agent`, and those that Holdfast adds. What else a request carries anybody can have added, so it stays behind; it is kept with the record. So does the query of a POST: what the application wants in its URL belongs into the target's `url`.",
    "",
    ...table(
      ["gateway", "headers"],
      all.map(({ name, facts: { headers = [], headerOptions = [] } }) => {
        const named = headerOptions.length > 0 ? [`those named by ${headerOptions.map((one) => `\`options.${one}\``).join(", ")}`] : [];
        return [name, [...headers.map((one) => `\`${one}\``), ...named].join(", ") || "none"];
      }),
    ),
    "",
    "## What they announce",
    "",
    ...table(
      ["gateway", "announces", "cannot say", "confidence", "sources"],
      all.map(({ name, facts }) => [name, facts.announces, facts.cannotSay ?? "", facts.confidence, facts.sources.map(link).join(", ")]),
    ),
    "",
    "To have something read back, put the API's credential into a separate secret and name it in the source's `options.readBackSecret`. `options.readBackUrl` names an API other than the live one (a sandbox); `options.readBack: \"always\"` has every event confirmed by the gateway itself. The API is asked after the callback was acknowledged, never before. While it does not answer, or does not accept the credential, the record is retried like a delivery, later ones of its contract wait, and in the end it is a dead letter; where it answers that it knows no more, the event is applied and delivered as it came, and `holdfast show` says what is missing. On the local stack only an API on this machine is asked.",
    "",
    "## How sure each fact is",
    "",
    "A letter, and the number of the source above that says so. Without a number it was read in public code or inferred; `-` means that nothing is published and nothing is claimed.",
    "",
    ...table(["gateway", ...looked.map(([title]) => title)], all.map(surenessRow)),
    "",
    "## What they say, and what it means",
    "",
    "Played by the simulator (`holdfast simulate GATEWAY`) through each gateway's own `parse`. It is what the stories need, not everything a gateway sends: its `meaning.ts` lists all types it knows. A type that is not known becomes `unknown`, which is kept, shown and counted.",
    "",
    "`+` it says so; `(+)` it says so and leaves something out, which is noted below; an empty cell: it never says so.",
    "",
    ...matrix(played),
    "",
    ...table(
      ["gateway", "what it sends when"],
      all.map((gateway) => [gateway.name, sentBy(gateway, played)]),
    ),
    "",
    "## Doubts",
    "",
    "What is not certain, and what was decided anyway. Ask the gateway, or try it in its sandbox, before you rely on it.",
    "",
    "Several gateways:",
    "",
    ...sharedDoubts.map((doubt) => `- ${doubt}`),
    "",
    ...all.flatMap(({ facts: { title, doubts = [] } }) =>
      doubts.length === 0 ? [] : [`### ${title}: doubts`, "", ...doubts.map((doubt) => `- ${doubt}`), ""],
    ),
  ]
    .join("\n")
    .trimEnd()
    .concat("\n");
};

const looked = [
  ["proof", "proof"],
  ["key", "key"],
  ["answers", "answers"],
  ["deadline", "deadline"],
  ["retries", "retries"],
  ["announces", "announces"],
] as const satisfies readonly (readonly [string, keyof NonNullable<Gateway["facts"]["sure"]>])[];

const surenessRow = ({ name, facts }: Gateway): readonly string[] => [
  name,
  ...looked.map(([, fact]) => {
    const [letter = "", number] = (facts.sure?.[fact] ?? `${facts.confidence} 1`).split(" ");
    const source = number === undefined ? undefined : facts.sources[Number(number) - 1];
    return source === undefined ? letter : /^https:/.test(source) ? `${letter} [${number}](${source})` : `${letter} ${number}`;
  }),
];

const agingCells = (aging: Aging): readonly [string, string] =>
  "cannotResign" in aging
    ? ["not published", `no: ${aging.cannotResign}`]
    : [`${aging.toleranceSeconds} s`, aging.onlyWith === undefined ? "yes" : `yes; only with options.${aging.onlyWith} is a time signed`];

const link = (source: string): string => (/^https:/.test(source) ? `<${source}>` : source);

const nothing: RawCallback = { source: "", method: "POST", url: "", headers: {}, body: new Uint8Array(), sourceIp: "", receivedAt: 0 };

const answer = ({ status, body, contentType }: Reply): string => {
  const text = Buffer.from(body).toString("utf8");
  return `${status} ${text === "" ? "(empty)" : `\`${text}\``}, ${contentType}`;
};

/** The page about the gateways, made from the registry, from what the simulator writes for them, and from the noted doubts. */
import { generateKeyPairSync } from "node:crypto";
import type { RawCallback, Reply } from "../core/callback.ts";
import type { PaymentEvent } from "../core/event.ts";
import { type Gateway, gateways, type SourceSettings } from "../gateways/index.ts";
import { momentEvents } from "../gateways/moment.ts";
import { stories } from "../simulator/stories.ts";
import { signCallback, story } from "../simulator/tell.ts";
import { confidenceRow, looked } from "./gateway-confidence.ts";
import { doubts, sharedDoubts } from "./gateway-doubts.ts";

const all: readonly Gateway[] = Object.values(gateways);

export const gatewaysPage = (): string =>
  [
    "# The gateways",
    "",
    "Made from the registry by `node generate/index.ts gateways`; a test fails when it is out of date. Change a gateway's file, not this one.",
    "",
    "Confidence: **H** official text, official code or a published vector; **M** one good second source; **L** inference. A gateway has one letter for the whole; fact by fact it [stands below](#how-sure-each-fact-is). A strength of `signature` proves sender and bytes; `shared token` proves the sender to whoever has not seen another callback; `source address` proves the network it came from; `none` proves nothing.",
    "",
    "## How a callback is proven, and what makes it itself",
    "",
    ...table(
      ["gateway", "proof", "strength", "idempotency key", "charset", "unproven"],
      all.map(({ name, facts, unproven, unprovenStatus }) => [
        titled(name, facts.title),
        facts.proof,
        facts.strength,
        facts.key,
        facts.charset,
        policy(unproven, unprovenStatus),
      ]),
    ),
    "",
    '"unproven" is the default for callbacks that cannot be proven: `refuse` answers the negative word, with the status named here where the gateway tries again after any failure, so that it does; `accept` answers the positive word, for gateways whose negative word does harm. Either way the bytes go into quarantine. A source sets its own with `unproven`.',
    "",
    "## What is answered",
    "",
    ...table(
      ["gateway", "yes", "no", "deadline", "retries"],
      all.map((gateway) => [
        gateway.name,
        word(gateway.acknowledge(nothing)),
        word(gateway.refuse(nothing)),
        gateway.facts.deadlineSeconds === undefined ? "not published" : `${gateway.facts.deadlineSeconds} s`,
        gateway.facts.retries,
      ]),
    ),
    "",
    "Of sbps this is the form's word; XML notices are answered in XML, under their own id. Of hmac it is the default; its options say otherwise.",
    "",
    "## What they announce",
    "",
    ...table(
      ["gateway", "announces", "cannot say", "confidence", "sources"],
      all.map(({ name, facts, needsReadBack = "" }) => [
        name,
        facts.announces,
        needsReadBack,
        facts.confidence,
        facts.sources.map(link).join(", "),
      ]),
    ),
    "",
    "To have something read back, put the API's credential into a secret of its own and name it in the source's `options.readBackSecret`. `options.readBackUrl` names another API than the live one (a sandbox); `options.readBack: \"always\"` has every event confirmed by the gateway itself. The API is asked after the callback was acknowledged, never before. While it gives no answer, or does not accept the credential, the record is tried again like a delivery, those of its contract wait, and in the end it is a dead letter; where it answers that it knows no more, the event is applied and delivered as it came, and `holdfast show` says what is missing. On the local stack only an API on this machine is asked.",
    "",
    "## How sure each fact is",
    "",
    "A letter, and the number of the source above that says so. Without a number it was read in public code or inferred, and no page says it; `-` stands where nothing is published and nothing is claimed.",
    "",
    ...table(["gateway", ...looked], all.map(confidenceRow)),
    "",
    "## What they send, and what it means",
    "",
    "Played by the simulator (`holdfast simulate GATEWAY`) through each gateway's own `parse`. This is what the stories need, not everything a gateway sends: its file lists all types it knows. A type nobody knows is `unknown`, which is kept, shown and counted.",
    "",
    ...all.flatMap((gateway) => [`### ${gateway.facts.title}`, "", ...table(["when", "it sends", "which means"], playedRows(gateway)), ""]),
    "## Doubts",
    "",
    "What is not certain, and what was decided all the same. Ask the gateway, or try it in its sandbox, before you rely on it.",
    "",
    "Of several gateways:",
    "",
    ...sharedDoubts.map((doubt) => `- ${doubt}`),
    "",
    ...all.flatMap(({ name, facts }) => {
      const noted = doubts[name] ?? [];
      return noted.length === 0 ? [] : [`### ${facts.title}: doubts`, "", ...noted.map((doubt) => `- ${doubt}`), ""];
    }),
  ]
    .join("\n")
    .trimEnd()
    .concat("\n");

const titled = (name: string, title: string): string => `**${name}**: ${title}`;
const policy = (unproven: Gateway["unproven"], status: Gateway["unprovenStatus"]): string =>
  `\`${unproven}\`${status === undefined ? "" : `, ${status}`}`;
const link = (source: string): string => (/^https:/.test(source) ? `<${source}>` : source);

const nothing: RawCallback = { source: "", method: "POST", url: "", headers: {}, body: new Uint8Array(), sourceIp: "", receivedAt: 0 };

const word = ({ status, body, contentType }: Reply): string => {
  const text = Buffer.from(body).toString("utf8");
  return `${status} ${text === "" ? "(empty)" : `\`${text}\``}, ${contentType}`;
};

const table = (head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] =>
  [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`);

const playedRows = (gateway: Gateway): readonly (readonly string[])[] => {
  const settings = rehearsal(gateway);
  const sent = new Map<string, Map<string, string>>();
  for (const name of Object.keys(stories))
    for (const callback of story(gateway.name, { story: name, options: settings.options ?? {} })) {
      const { kind } = callback.moment;
      const events = parsed(gateway, settings, callback);
      const means = [...new Set(events.map(describe))].join(", ");
      const types = [...new Set(events.map(({ gatewayType }) => `\`${gatewayType}\``))].join(", ");
      sent.set(kind, (sent.get(kind) ?? new Map<string, string>()).set(types, means));
    }
  return Object.keys(momentEvents).flatMap((kind) => {
    const told = sent.get(kind);
    if (!told) return [[kind, "nothing", ""]];
    return [...told].map(([types, means], index) => [index === 0 ? kind : "", types, means]);
  });
};

const describe = ({ type, incomplete = [] }: PaymentEvent): string =>
  incomplete.length > 0 ? `${type} (without ${incomplete.join(", ")})` : type;

const parsed = (gateway: Gateway, settings: SourceSettings, callback: ReturnType<typeof story>[number]): readonly PaymentEvent[] => {
  const raw = signCallback(gateway, callback, settings, { source: "docs", url, now: callback.toldAt });
  const outcome = gateway.verify(raw, settings);
  if (outcome.kind === "refused") throw new Error(`${gateway.name} refuses what the simulator writes for it: ${outcome.reason}`);
  return gateway.parse(outcome.callback, settings);
};

const url = "https://callbacks.example.com/callbacks/docs";

/** Settings under which a gateway believes the simulator. */
const rehearsal = ({ name }: Gateway): SourceSettings => {
  const usual: SourceSettings = { secrets: ["00112233445566778899aabbccddeeff"], publicUrl: url };
  switch (name) {
    case "braintree":
      return { ...usual, options: { publicKey: "public_key" } };
    case "gmo-pg":
      return { ...usual, options: { shopId: "tshop00000001" } };
    case "hmac":
      return { ...usual, options: hmacExample };
    case "paypal": {
      const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
      const pem = { type: "spki", format: "pem" } as const;
      return {
        ...usual,
        secrets: [privateKey.export({ type: "pkcs8", format: "pem" }).toString()],
        options: { webhookId: "1JE4291016473214C", publicKey: publicKey.export(pem).toString() },
      };
    }
    default:
      return usual;
  }
};

/** A gateway that nobody knows, described by its source's options. */
const hmacExample = {
  header: "x-signature",
  idPointer: "/id",
  typePointer: "/type",
  events: "payment.paid=charge.succeeded, payment.refused=charge.failed, member.joined=contract.started, member.left=contract.cancelled",
  contractPointer: "/member",
  chargePointer: "/payment",
  amountPointer: "/amount",
  currency: "JPY",
  occurredAtPointer: "/at",
};

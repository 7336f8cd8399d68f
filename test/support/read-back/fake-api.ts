/** A gateway's API as its documents describe it, on this machine: who may ask, what is there, what it looks like. */
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export interface Said {
  readonly status: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export type Api = (asked: Asked) => Said | "hang" | "break off";

export const startApi = async (api: Api) => {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const url = new URL(request.url ?? "/", "http://api");
    const one: Asked = {
      method: request.method ?? "",
      path: url.pathname,
      query: url.searchParams,
      headers: request.headers,
      body: Buffer.concat(chunks).toString("utf8"),
    };
    asked.push(one);
    const said = api(one);
    if (said === "hang") return;
    if (said === "break off") {
      response.writeHead(200, { "content-length": "1000" }).write("{");
      return void setImmediate(() => request.socket.destroy());
    }
    response.writeHead(said.status, { "content-type": "application/json", ...said.headers }).end(said.body ?? "");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
};

const json = (value: unknown): Said => ({ status: 200, body: JSON.stringify(value) });
const notFound: Said = { status: 404, body: '{"error":{"status":404}}' };
const unauthorized: Said = { status: 401, body: '{"error":{"status":401}}' };

const isBearer = ({ headers }: Asked, key: string): boolean => headers.authorization === `Bearer ${key}`;
const isBasic = ({ headers }: Asked, key: string): boolean =>
  headers.authorization === `Basic ${Buffer.from(`${key}:`).toString("base64")}`;

/** `GET /payments/{id}`, bearer, with the version of the API named. */
export const paidyApi =
  (key: string, payments: Readonly<Record<string, unknown>>): Api =>
  (asked) => {
    if (!isBearer(asked, key)) return unauthorized;
    if (asked.headers["paidy-version"] !== "2018-04-10") return { status: 400, body: '{"code":"request_content.malformed"}' };
    const id = decodeURIComponent(/^\/payments\/([^/]+)$/.exec(asked.path)?.[1] ?? "");
    return asked.method === "GET" && Object.hasOwn(payments, id) ? json(payments[id]) : notFound;
  };

/**
 * `GET /v1/payments`: pages with `link_next`, filtered by type, pattern and day of processing.
 * @param most on a page; fewer than asked for: an API may have a limit of its own
 */
export const fincodeApi =
  (key: string, payments: readonly Readonly<Record<string, unknown>>[], most = 2): Api =>
  (asked) => {
    if (!isBearer(asked, key)) return unauthorized;
    if (asked.method !== "GET" || asked.path !== "/v1/payments" || !asked.query.get("pay_type")) return notFound;
    const { pay_type, pay_pattern, process_date_from, process_date_to } = Object.fromEntries(asked.query);
    const found = payments.filter((payment) => {
      const day = String(payment.process_date).slice(0, 10);
      const isSubscription = payment.subscription_id !== null;
      return (
        payment.pay_type === pay_type &&
        (pay_pattern !== "subscription" || isSubscription) &&
        day >= (process_date_from ?? "") &&
        day <= (process_date_to ?? "9")
      );
    });
    const limit = Math.min(most, Number(asked.query.get("limit") ?? 10));
    const page = Number(asked.query.get("page") ?? 1);
    const last = Math.max(1, Math.ceil(found.length / limit));
    const next = new URLSearchParams(asked.query);
    next.set("page", String(page + 1));
    return json({
      total_count: found.length,
      last_page: last,
      current_page: page,
      limit,
      link_next: page < last ? `/v1/payments?${next}` : null,
      link_previous: null,
      list: found.slice((page - 1) * limit, page * limit),
    });
  };

/** One event by its id, basic authentication with the key as the user name. */
export const eventsApi =
  (key: string, base: string, events: Readonly<Record<string, unknown>>): Api =>
  (asked) => {
    if (!isBasic(asked, key)) return unauthorized;
    const id = asked.path.startsWith(base) ? decodeURIComponent(asked.path.slice(base.length)) : "";
    return asked.method === "GET" && Object.hasOwn(events, id) ? json(events[id]) : notFound;
  };

/** `POST /payment/SearchTrade.idPass`: form in, form out; an error is a 200 too. */
export const gmoApi =
  (shopId: string, password: string, trades: Readonly<Record<string, Readonly<Record<string, string>>>>): Api =>
  (asked) => {
    const { ShopID, ShopPass, OrderID = "" } = Object.fromEntries(new URLSearchParams(asked.body));
    const form = (fields: Record<string, string>): Said => ({
      status: 200,
      headers: { "content-type": "text/plain" },
      body: new URLSearchParams(fields).toString(),
    });
    if (asked.method !== "POST" || asked.path !== "/payment/SearchTrade.idPass") return { status: 404 };
    if (ShopID !== shopId || ShopPass !== password) return form({ ErrCode: "E01", ErrInfo: "E01030002" });
    return Object.hasOwn(trades, OrderID) ? form({ OrderID, ...trades[OrderID] }) : form({ ErrCode: "E01", ErrInfo: "E01110002" });
  };

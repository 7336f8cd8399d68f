import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { readPage } from "../../../operator/connect/local-http.ts";

const serve = async (answer: (response: ServerResponse) => void): Promise<string> => {
  const server = createServer((_, response) => answer(response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/page`;
};

test("a page is the JSON it says", async () => {
  expect(await readPage(await serve((response) => response.end('{"a":[1]}')))).toEqual({ a: [1] });
});

test("a page that is an error, not JSON or too late throws, naming it where that helps", async () => {
  const missing = await serve((response) => response.writeHead(404).end("{}"));
  await expect(readPage(missing)).rejects.toThrow(`${missing} answered 404`);
  await expect(readPage(await serve((response) => response.end("<html>")))).rejects.toThrow();
  await expect(readPage(await serve(() => {}), 100)).rejects.toThrow();
});

import { spawn } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GetItemCommand, PutItemCommand } from "@aws-sdk/client-dynamodb";
import { GetObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";
import { expect, onTestFinished, test, vi } from "vitest";
import { type Clients, createClients } from "../../../local/engines/clients.ts";
import { type Emulators, startEmulators } from "../../../local/engines/emulators.ts";
import { startEngine } from "../../../local/engines/engine.ts";
import { freePort } from "../../../local/engines/ports.ts";
import { makeTable } from "../../../local/template/tables.ts";
import { isAlive, newDirectory } from "../tiny-stack.ts";

const soon = { timeout: 20_000, interval: 50 };

const open = async (home: string): Promise<Emulators & { clients: Clients }> => {
  const emulators = await startEmulators(home, {});
  const clients = createClients(emulators.endpoints);
  onTestFinished(async () => {
    clients.destroy();
    await emulators.stop();
  });
  return { ...emulators, clients };
};

const keyed = {
  KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
  AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
};
const item = { TableName: "things", Key: { pk: { S: "a" } } };

test("an engine that is killed comes back on the same port with the same data", async () => {
  const { clients, pids, endpoints } = await open(newDirectory());
  await makeTable(clients.dynamodb, "things", keyed);
  await clients.dynamodb.send(new PutItemCommand({ TableName: "things", Item: { pk: { S: "a" }, v: { S: "kept" } } }));
  const { QueueUrl = "" } = await clients.sqs.send(new CreateQueueCommand({ QueueName: "bells" }));
  await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "kept" }));
  const { dynamodb = 0, queues = 0 } = pids();
  process.kill(dynamodb, "SIGKILL");
  process.kill(queues, "SIGKILL");
  await vi.waitFor(async () => {
    const { Item } = await clients.dynamodb.send(new GetItemCommand(item));
    expect(Item).toEqual({ pk: { S: "a" }, v: { S: "kept" } });
  }, soon);
  await vi.waitFor(async () => {
    const { Messages } = await clients.sqs.send(new ReceiveMessageCommand({ QueueUrl }));
    expect(Messages?.[0]?.Body).toBe("kept");
  }, soon);
  expect(Object.values(pids()).filter((pid) => pid === dynamodb || pid === queues || pid === undefined)).toEqual([]);
  expect(await fetch(endpoints.dynamodb)).toBeDefined();
});

test("the engines end with the process that started them, also when that is killed with -9", async () => {
  const home = newDirectory();
  const program = `
    import { startEmulators } from ${JSON.stringify(join(import.meta.dirname, "../../../local/engines/emulators.ts"))};
    const emulators = await startEmulators(${JSON.stringify(home)}, {});
    console.log(JSON.stringify(Object.values(emulators.pids())));`;
  const parent = spawn(process.execPath, ["--input-type=module", "-e", program], { stdio: ["ignore", "pipe", "inherit"] });
  const pids = JSON.parse(String(await new Promise((done) => parent.stdout.once("data", done)))) as number[];
  expect(pids.filter(isAlive)).toHaveLength(2);
  parent.kill("SIGKILL");
  await vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]), soon);
});

test("an engine that was left behind anyway is ended by the next start; another process under its id is not", async () => {
  const home = newDirectory();
  mkdirSync(join(home, "logs"), { recursive: true });
  const port = await freePort();
  const server = `require("node:http").createServer((_, r) => r.end()).listen(${port}, "127.0.0.1")`;
  const program = {
    title: "The test engine",
    command: [process.execPath, "-e", server, home] as const,
    endpoint: `http://127.0.0.1:${port}`,
    log: join(home, "logs", "test.log"),
    pidFile: join(home, "test.pid"),
    say: () => {},
  };
  const leftover = spawn(process.execPath, ["-e", server, home], { stdio: "ignore" });
  const stranger = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  onTestFinished(() => void [leftover, stranger].map((child) => child.kill("SIGKILL")));

  writeFileSync(program.pidFile, String(leftover.pid));
  const first = await startEngine(program);
  expect(readFileSync(program.pidFile, "utf8")).toBe(String(first.pid()));
  await vi.waitFor(() => expect(leftover.signalCode).toBe("SIGKILL"), soon);
  await first.stop();

  writeFileSync(program.pidFile, String(stranger.pid));
  await (await startEngine(program)).stop();
  expect(stranger.signalCode).toBeNull();
});

test("an engine that cannot start says so in one line, with its own last message", async () => {
  const home = newDirectory();
  const starting = startEngine({
    title: "The test engine",
    command: [process.execPath, "-e", 'console.error("cannot open the data"); process.exit(1)'],
    endpoint: `http://127.0.0.1:${await freePort()}`,
    log: join(home, "test.log"),
    pidFile: join(home, "test.pid"),
    say: () => {},
  });
  await expect(starting).rejects.toThrow("The test engine does not start: cannot open the data");
});

test("a message whose visibility is set to zero is received again at once", async () => {
  const { clients } = await open(newDirectory());
  const { QueueUrl = "" } = await clients.sqs.send(new CreateQueueCommand({ QueueName: "bells.fifo", Attributes: { FifoQueue: "true" } }));
  await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "x", MessageGroupId: "g", MessageDeduplicationId: "d" }));
  const receive = async () => (await clients.sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }))).Messages ?? [];
  const [first] = await receive();
  await clients.sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle, VisibilityTimeout: 0 }));
  const [second] = await receive();
  expect(second?.MessageId).toBe(first?.MessageId);
  await clients.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: second?.ReceiptHandle }));
  expect(await receive()).toEqual([]);
});

test("a message that was in flight when the stack ended is there at once after the next start", async () => {
  const home = newDirectory();
  const before = await startEmulators(home, {});
  const sqs = createClients(before.endpoints).sqs;
  const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName: "bells", Attributes: { VisibilityTimeout: "600" } }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "x" }));
  expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toHaveLength(1);
  expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toBeUndefined();
  sqs.destroy();
  await before.stop();
  const { clients } = await open(home);
  expect((await clients.sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages?.[0]?.Body).toBe("x");
});

test("objects are in the bucket, and the engines listen on this machine only", async () => {
  const { clients, endpoints } = await open(newDirectory());
  const { CreateBucketCommand } = await import("@aws-sdk/client-s3");
  await clients.s3.send(new CreateBucketCommand({ Bucket: "bodies" }));
  await clients.s3.send(new PutObjectCommand({ Bucket: "bodies", Key: "a/b", Body: Buffer.from([0, 255]) }));
  const { Body } = await clients.s3.send(new GetObjectCommand({ Bucket: "bodies", Key: "a/b" }));
  expect(await Body?.transformToByteArray()).toEqual(new Uint8Array([0, 255]));
  const { networkInterfaces } = await import("node:os");
  const outside = Object.values(networkInterfaces())
    .flat()
    .find((address) => address && !address.internal && address.family === "IPv4")?.address;
  if (outside)
    for (const endpoint of [endpoints.dynamodb, endpoints.sqs])
      await expect(fetch(endpoint.replace("127.0.0.1", outside), { signal: AbortSignal.timeout(2_000) })).rejects.toThrow();
});

// Two instances behind a plain round-robin proxy: no call fails, whichever instance it reaches.
import assert from "node:assert/strict";
import { startRoundRobin } from "../lib/proxy.mjs";
import { startRedis } from "../lib/redis.mjs";
import { startServer } from "../lib/servers.mjs";
import { SignedInClient, sdks } from "../lib/typescript-sdk.mjs";

const calls = 40;

export async function run({ repository, report, sandbox }) {
  const proxy = await startRoundRobin();
  const redis = await startRedis();
  const settings = redis ? { "Redis:ConnectionString": redis.connectionString } : {};
  const start = () => startServer(repository, { issuer: sandbox.issuer, publicUrl: proxy.address, settings });
  proxy.targets.push(...(await Promise.all([start(), start()])).map(server => server.address));
  for (const [name, sdk] of Object.entries(sdks)) {
    await report.scenario(`${name}, /mcp: ${calls} calls`, () => callMany(new SignedInClient(sdk, "http", `${proxy.address}/mcp`)));
    if (sdk.sse && redis) {
      // The stream stays on one instance, and the messages reach both.
      await report.scenario(`${name}, /sse with Redis: ${calls} calls`, () => callMany(new SignedInClient(sdk, "sse", `${proxy.address}/sse`)));
    }
  }

  if (!redis) {
    report.skip("/sse", "redis-server is not to be had.");
  }

  async function callMany(client) {
    await client.connect();
    await client.call("listCompanies");
    const before = [...proxy.counts];
    const results = await Promise.all(Array.from({ length: calls }, () => client.call("listCompanies")));
    assert.ok(results.every(result => result.structuredContent?.data.length === 4), JSON.stringify(results.find(result => result.isError)));
    proxy.counts.forEach((count, instance) => assert.ok(count - before[instance] >= calls / 2, "both instances are asked"));
    await client.close();
  }
}

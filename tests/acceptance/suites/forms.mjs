// Clients that show forms: a deletion happens after its confirmation, and not without it. In the revisions with initialize, the
// call waits on its own response, and the answer is a message of its own, which may reach another instance.
import assert from "node:assert/strict";
import { startRoundRobin } from "../lib/proxy.mjs";
import { startRedis } from "../lib/redis.mjs";
import { startServer } from "../lib/servers.mjs";
import { SignedInClient, sdks } from "../lib/typescript-sdk.mjs";

const company = "HPO";

export async function run({ repository, report, sandbox }) {
  for (const [name, sdk] of Object.entries(sdks)) {
    await report.scenario(`${name}, /mcp`, () => confirm(sdk, "http", `${sandbox.address}/mcp`));
    await report.scenario(`${name}, /mcp/all`, () => confirm(sdk, "http", `${sandbox.address}/mcp/all`));
    if (sdk.sse) {
      await report.scenario(`${name}, /sse`, () => confirm(sdk, "sse", `${sandbox.address}/sse`));
    }
  }

  const off = await startServer(repository, { issuer: sandbox.issuer, settings: { "Mcp:Forms": "Off" } });
  await report.scenario("sdk 1.32.2, /mcp without forms", async () => {
    const client = await connect(sdks["sdk 1.32.2"], "http", `${off.address}/mcp`, () => assert.fail("a form"));
    const id = await create(client);
    assert.ok(!(await remove(client, id)).isError);
    await client.close();
  });

  // Its own limit is shorter than the wait.
  await report.scenario("sdk 1.32.2, a call that its client gives up", async () => {
    let shown, takenBack;
    const forms = [];
    const client = await connect(sdks["sdk 1.32.2"], "http", `${sandbox.address}/mcp`, (form, signal) => {
      forms.push(form);
      takenBack = new Promise(resolve => signal.addEventListener("abort", resolve));
      return new Promise(resolve => { shown = resolve; });
    });
    const id = await create(client);
    await assert.rejects(client.call("deleteProduct", { companyUuid: company, productId: id }, { timeout: 2000 }), /timed out/i);
    assert.equal(forms.length, 1);
    // The server takes the form back when the client's cancellation has arrived. Before, the answer could overtake it.
    await takenBack;
    // The user accepts after all: the model was told that the call failed, so nothing may happen.
    shown({ action: "accept", content: {} });
    await new Promise(resolve => setTimeout(resolve, 500));
    assert.ok(await exists(client, id), "the product is still there");
    await client.close();
  });

  const redis = await startRedis();
  if (!redis) {
    report.skip("two instances", "redis-server is not to be had.");
    return;
  }

  const proxy = await startRoundRobin();
  const start = () => startServer(repository, {
    issuer: sandbox.issuer, publicUrl: proxy.address,
    settings: { "Redis:ConnectionString": redis.connectionString, "Mcp:StateKey": "0123456789abcdef0123456789abcdef" },
  });
  proxy.targets.push(...(await Promise.all([start(), start()])).map(server => server.address));
  for (const [name, sdk] of Object.entries(sdks)) {
    await report.scenario(`${name}, /mcp of two instances`, () => confirm(sdk, "http", `${proxy.address}/mcp`));
  }
}

/** Declines a deletion, cancels it, confirms it. */
async function confirm(sdk, transport, address) {
  const forms = [];
  let action;
  const client = await connect(sdk, transport, address, form => {
    forms.push(form);
    return action === "accept" ? { action, content: {} } : { action };
  });
  const id = await create(client);
  for (action of ["decline", "cancel"]) {
    const result = await remove(client, id);
    assert.ok(result.isError);
    assert.match(result.content[0].text, /Nothing was sent/);
    assert.ok(await exists(client, id));
  }

  action = "accept";
  const result = await remove(client, id);
  assert.ok(!result.isError, JSON.stringify(result));
  assert.ok(!await exists(client, id));
  assert.equal(forms.length, 3);
  forms.forEach(form => assert.match(form.message, new RegExp(`DELETE .*\\nproductId: ${id}\\n`, "s")));
  await client.close();
}

async function connect(sdk, transport, address, show) {
  const client = new SignedInClient(sdk, transport, address, show);
  await client.connect();
  return client;
}

async function create(client) {
  const result = await client.call("createProduct", { companyUuid: company, repeat: true });
  assert.ok(!result.isError, JSON.stringify(result));
  return result.structuredContent.id;
}

const remove = (client, id) => client.call("deleteProduct", { companyUuid: company, productId: id });

async function exists(client, id) {
  const result = await client.call("getProducts", { companyUuid: company, id });
  assert.ok(!result.isError, JSON.stringify(result));
  return result.structuredContent.data.length > 0;
}

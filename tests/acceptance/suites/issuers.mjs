// The real clients at a server with default settings, starting cold: they work at each issuer whose verdict is "works", renew a token
// that the API refuses, and stop when it refuses each token. Tokens that must not pass do not pass.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { startIssuer } from "../fixture/issuer.mjs";
import { startRejectingApi } from "../fixture/rejecting-api.mjs";
import { runAll, sandboxOf, startAll } from "../lib/issuers.mjs";
import { realClients } from "../lib/real-clients.mjs";
import { startServer } from "../lib/servers.mjs";

const { realClients: verdicts } = JSON.parse(await readFile(new URL("../verdicts.json", import.meta.url)));

export async function run(context) {
  const names = Object.keys(realClients);
  const atIssuers = Object.entries(verdicts.issuers).flatMap(([issuer, row]) => names.map(name => {
    const stops = row.stops?.clients.includes(name);
    return {
      title: `${name} at ${issuer}: ${stops ? row.stops.at : "works"}`,
      test: () => stops ? stopsAt(context, name, issuer, row.stops) : works(context, name, issuer, row.clientId),
    };
  }));
  await startAll(context, Object.keys(verdicts.issuers));
  const refusing = await startRefusing(context);
  const refused = names.map(name => ({
    title: `${name} stops when the API refuses each token`,
    test: () => givesUp(context, name, refusing),
  }));
  await runAll([...atIssuers, ...refused].map(({ title, test }) => () => context.report.scenario(title, test)), 4);
  await context.report.scenario("no client sent an API that refuses each token more than its first token and the renewed one", async () => {
    const calls = [...refusing.api.calls.values()];
    assert.deepEqual(calls.sort(), names.map(name => patience(name).calls).sort());
  });
  await tokens(context);
}

async function works(context, name, kind, clientId) {
  const { address, issuer } = await sandboxOf(context, kind);
  const client = await realClients[name](context.repository, `${address}/mcp`, clientId && { client_id: clientId, issuer });
  try {
    const result = await client.call();
    assert.equal(result.structuredContent?.data[0].name, "Harbor & Pine Outfitters LLC", JSON.stringify(result).slice(0, 500));
    assert.equal(client.asked(), 1, "a person is asked once");
  } finally {
    await client.close();
  }
}

async function stopsAt(context, name, issuer, { says }) {
  const { address } = await sandboxOf(context, issuer);
  await assert.rejects(async () => {
    const client = await realClients[name](context.repository, `${address}/mcp`);
    await client.call().finally(() => client.close());
  }, new RegExp(says));
}

async function givesUp(context, name, { address }) {
  const client = await realClients[name](context.repository, `${address}/mcp`);
  try {
    await assert.rejects(client.call());
    assert.equal(client.asked(), patience(name).asked, "how often the person was asked");
  } finally {
    await client.close();
  }
}

const patience = name => verdicts.refusingApi[name] ?? verdicts.refusingApi.others;

async function startRefusing({ repository, sandbox }) {
  const api = await startRejectingApi();
  return { api, ...await startServer(repository, { issuer: sandbox.issuer, api: api.address }) };
}

/** A token that the live issuer gave in 2025 passes the default settings; each fault of it is refused. */
async function tokens({ repository, report }) {
  const issuer = await startIssuer();
  const { address } = await startServer(repository, { issuer: issuer.address });
  const past = Math.floor(Date.now() / 1000) - 600;
  const cases = [
    ["as the live issuer gave in 2025", issuer.token(), 200],
    ["with this server as aud", issuer.token({ aud: `${address}/mcp` }), 200],
    ["that has expired", issuer.token({ exp: past }), 401],
    ["signed by another key under the published id", issuer.token({}, issuer.otherKey), 401],
    ["signed by a key that is not published", issuer.token({}, issuer.otherId), 401],
    ["of another issuer", issuer.token({ iss: "https://issuer.example.com" }), 401],
    ["for another audience", issuer.token({ aud: "https://other.example.com" }), 401],
    ["without sub", issuer.token({ sub: undefined }), 401],
    ["without exp", issuer.token({ exp: undefined }), 401],
    ["without signature", `${issuer.token({}, undefined, { alg: "none" }).split(".").slice(0, 2).join(".")}.`, 401],
  ];
  for (const [title, token, status] of cases) {
    await report.scenario(`a token ${title}: ${status}`, async () => {
      const response = await fetch(`${address}/mcp`, {
        method: "POST",
        headers: { "Authorization": `Bearer ${token}`, "Content-Type": "application/json", "Accept": "application/json, text/event-stream" },
        body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/list", params: {} }),
      });
      assert.equal(response.status, status, await response.text());
      assert.equal(/error="invalid_token"/.test(response.headers.get("www-authenticate")), status === 401);
    });
  }
}

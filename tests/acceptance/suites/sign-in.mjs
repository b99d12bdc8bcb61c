// Clients' differing rules against issuers' differing behavior: each stub of stubs/ signs in at each kind of issuer and calls a tool.
// verdicts.json says by hand what must come of it.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { runAll, sandboxOf, startAll } from "../lib/issuers.mjs";
import { startServer } from "../lib/servers.mjs";
import { Stopped } from "../stubs/client.mjs";

const verdicts = JSON.parse(await readFile(new URL("../verdicts.json", import.meta.url)));

export async function run(context) {
  const stubs = new Map();
  for (const name of Object.keys(verdicts.stubs)) {
    stubs.set(name, Object.values(await import(`../stubs/${name}.mjs`))[0]);
  }

  await startAll(context, Object.keys(verdicts.issuers));
  const anonymous = await startAnonymous(context);
  const scenarios = [
    ...Object.entries(verdicts.stubs).flatMap(([stub, row]) => cells(row).map(cell => ({
      title: `${stub} at ${cell.issuer}`,
      stub,
      verdict: cell.verdict,
      address: async () => `${(await sandboxOf(context, cell.issuer)).address}/mcp`,
    }))),
    ...verdicts.addresses.flatMap(({ stubs: names, path, verdict }) => names.map(stub => ({
      title: `${stub} at the address '${path}'`,
      stub,
      verdict,
      address: () => context.sandbox.address + path,
    }))),
    ...verdicts.anonymousDiscovery.flatMap(({ stubs: names, verdict }) => names.map(stub => ({
      title: `${stub} with Auth:AnonymousDiscovery=true`,
      stub,
      verdict,
      address: () => `${anonymous.address}/mcp`,
    }))),
  ];
  await runAll(scenarios.map(scenario => () => context.report.scenario(`${scenario.title}: ${scenario.verdict}`, async () => {
    const client = new (stubs.get(scenario.stub))(await scenario.address());
    await judge(client, scenario.verdict);
  })), 8);
}

/** One cell of the table for each issuer; a cell that is missing or given twice is a fault of the table. */
function cells({ works, stops }) {
  const all = [
    ...works.map(issuer => ({ issuer, verdict: "works" })),
    ...Object.entries(stops).map(([issuer, reason]) => ({ issuer, verdict: verdicts.reasons[reason].at })),
  ];
  assert.deepEqual(all.map(cell => cell.issuer).sort(), Object.keys(verdicts.issuers).sort());
  return all;
}

async function judge(client, verdict) {
  const outcome = await client.use().catch(error => error);
  if (verdict === "works") {
    assert.equal(outcome.structuredContent?.data[0].name, "Harbor & Pine Outfitters LLC", outcome.message);
    assert.equal(client.asked, client.tokens ? 1 : 0, "a person is asked once");
    return;
  }

  assert.ok(verdicts.steps.includes(verdict), `${verdict} is not a step`);
  assert.ok(outcome instanceof Stopped, outcome.stack ?? "the stub works, and the table says that it stops");
  assert.equal(outcome.step, verdict, outcome.message);
  assert.ok(client.renewed <= 1, `the token was renewed ${client.renewed} times`);
}

/** A server whose list can be read without a token, in front of the default issuer. */
async function startAnonymous({ repository, sandbox }) {
  return startServer(repository, { issuer: sandbox.issuer, settings: { "Auth:AnonymousDiscovery": "true" } });
}

// The issuer rotates its keys while clients are connected, and then withdraws the old one: nobody is asked to sign in again.
import assert from "node:assert/strict";
import { clientToken, rotateKeys, withdrawEarlierKeys } from "../lib/issuer.mjs";

export async function run({ report, sandbox, connected }) {
  if (connected.length === 0) {
    report.skip("rotation", "No client is connected: run it after typescript or mcp-remote.");
    return;
  }

  const old = await clientToken(sandbox.issuer, sandbox.address);
  await rotateKeys(sandbox);
  await report.scenario("a token of the new key is accepted at once", async () => {
    assert.equal((await call(await clientToken(sandbox.issuer, sandbox.address))).status, 200);
  });
  for (const client of connected) {
    await report.scenario(`${client.title}: goes on with its token while the old key is published`, () => stillSignedIn(client));
  }

  await rotateKeys(sandbox);
  await withdrawEarlierKeys(sandbox);
  await report.scenario("a token of the withdrawn key is refused from the moment that the API refuses it", async () => {
    assert.match((await call(old)).text, /mcp\/www_authenticate/);
    assert.equal((await call(old)).status, 401);
  });
  for (const client of connected) {
    await report.scenario(`${client.title}: refreshes its token when the old key is withdrawn`, () => stillSignedIn(client));
    await client.close();
  }

  async function stillSignedIn(client) {
    const result = await client.call();
    assert.equal(result.structuredContent?.data[0].name, "Harbor & Pine Outfitters LLC", result.content?.[0].text);
    assert.equal(client.asked(), 1, "nobody is asked again");
  }

  async function call(token) {
    const response = await fetch(`${sandbox.address}/mcp`, {
      method: "POST",
      headers: { "Authorization": `Bearer ${token}`, "Content-Type": "application/json", "Accept": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "tools/call", params: { name: "listCompanies", arguments: {} } }),
    });
    return { status: response.status, text: await response.text() };
  }
}

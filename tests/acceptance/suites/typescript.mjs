// The TypeScript SDK's clients find the sign-in by themselves, at every address and on both transports, and make a real call.
import assert from "node:assert/strict";
import { SignedInClient, sdks } from "../lib/typescript-sdk.mjs";
import { startServer } from "../lib/servers.mjs";

export async function run({ repository, report, sandbox, connected }) {
  const open = await startServer(repository, { issuer: sandbox.issuer, settings: { "Auth:AnonymousDiscovery": "true" } });
  for (const [name, sdk] of Object.entries(sdks)) {
    for (const path of ["/", "/mcp", "/mcp/core"]) {
      await flow(`${name}, ${path}`, sdk, "http", sandbox.address, path);
    }

    if (sdk.sse) {
      await flow(`${name}, /sse`, sdk, "sse", sandbox.address, "/sse");
    }

    await flow(`${name}, /mcp of a server that lists its tools without a token`, sdk, "http", open.address, "/mcp");
  }

  async function flow(title, sdk, transport, origin, path) {
    await report.scenario(title, async () => {
      const client = new SignedInClient(sdk, transport, origin + path);
      await client.connect();
      const tools = await client.list();
      assert.equal(tools.length, path === "/mcp/core" ? 25 : 62);
      const result = await client.call("listCompanies");
      assert.equal(result.structuredContent.data[0].name, "Harbor & Pine Outfitters LLC");
      assert.equal(client.signIn.asked, 1, "a person is asked once");
      const asked = client.signIn.request.searchParams;
      // RFC 8707: the address itself, to the character, but for the slash that a URL has at its root.
      assert.equal(asked.get("resource").replace(/\/$/, ""), (origin + path).replace(/\/$/, ""));
      assert.equal(asked.get("scope"), "openid");
      assert.equal(asked.get("code_challenge_method"), "S256");
      if (origin === sandbox.address) {
        connected.push({ title, call: () => client.call("listCompanies"), asked: () => client.signIn.asked, close: client.close });
      } else {
        await client.close();
      }
    });
  }
}

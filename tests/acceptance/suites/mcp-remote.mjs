// mcp-remote, which stands between the server and clients that know local servers only.
import assert from "node:assert/strict";
import { RemoteProcess } from "../lib/remote-process.mjs";
import { startServer } from "../lib/servers.mjs";

export async function run({ repository, report, sandbox, connected }) {
  await flow("/", `${sandbox.address}/`, "--transport", "http-only");
  await flow("/mcp", `${sandbox.address}/mcp`, "--transport", "http-only");
  await flow("/mcp, 2026-07-28", `${sandbox.address}/mcp`, "--transport", "http-only", "--protocol", "auto");
  await flow("/sse", `${sandbox.address}/sse`, "--transport", "sse-only");
  const { address } = await startServer(repository, { issuer: sandbox.issuer, settings: { "Auth:AnonymousDiscovery": "true" } });
  await flow("/mcp of a server that lists its tools without a token", `${address}/mcp`, "--transport", "http-only");

  async function flow(title, ...args) {
    await report.scenario(title, async () => {
      const remote = await RemoteProcess.start(args);
      const { tools } = await remote.request("tools/list");
      assert.equal(tools.length, 62);
      const result = await remote.request("tools/call", { name: "listCompanies", arguments: {} });
      assert.equal(result.structuredContent.data[0].name, "Harbor & Pine Outfitters LLC");
      assert.equal(remote.asked(), 1, "a person is asked once");
      if (args[0].startsWith(sandbox.address)) {
        connected.push({
          title: `mcp-remote, ${title}`,
          call: () => remote.request("tools/call", { name: "listCompanies", arguments: {} }),
          asked: remote.asked,
          close: remote.close,
        });
      } else {
        await remote.close();
      }
    });
  }
}

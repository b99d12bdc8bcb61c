// The Inspector's command line, in both eras: the list under its strict rules, and a call.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clientToken } from "../lib/issuer.mjs";
import { command } from "../lib/packages.mjs";
import { run as execute } from "../lib/process.mjs";

export async function run({ report, sandbox }) {
  const home = await mkdtemp(join(tmpdir(), "inspector-"));
  const token = await clientToken(sandbox.issuer, sandbox.address);
  try {
    for (const era of ["legacy", "modern"]) {
      for (const path of ["/", "/mcp", "/mcp/core"]) {
        await report.scenario(`tools/list --strict at ${path} (${era})`, async () => {
          const { result } = await inspect(sandbox.address + path, era, "--method", "tools/list", "--strict");
          assert.equal(result.tools.length, path === "/mcp/core" ? 25 : 62);
        });
      }

      await report.scenario(`tools/call (${era})`, async () => {
        const { result } = await inspect(`${sandbox.address}/mcp`, era, "--method", "tools/call", "--tool-name", "listCompanies");
        assert.equal(result.structuredContent.data[1].name, "Nordlicht Kochgeschirr GmbH");
      });
    }
  } finally {
    await rm(home, { recursive: true });
  }

  async function inspect(url, era, ...args) {
    const { code, output } = await execute(process.execPath, [command("@modelcontextprotocol/inspector", "inspector"), "--cli",
      "--server-url", url, "--transport", "http", "--protocol-era", era, "--format", "json", "--quiet", "--stored-auth-only",
      "--header", `Authorization: Bearer ${token}`, ...args],
    { env: { ...process.env, HOME: home } });
    assert.equal(code, 0, output.slice(-2000));
    return JSON.parse(output.split("\n").find(line => line.startsWith("{")));
  }
}

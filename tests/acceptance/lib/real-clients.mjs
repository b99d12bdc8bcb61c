// The real clients as one: each connects without a token, signs in through its browser when it is asked to, and calls a tool.
import assert from "node:assert/strict";
import { BrowserHome } from "./browser-home.mjs";
import { CSharpProcess } from "./csharp-process.mjs";
import { command } from "./packages.mjs";
import { freePair } from "./ports.mjs";
import { run } from "./process.mjs";
import { RemoteProcess } from "./remote-process.mjs";
import { SignedInClient, sdks } from "./typescript-sdk.mjs";

/**
 * Name → a function of the repository, an address, and the client id that a person entered (`client_id`, and the `issuer` that it is
 * for). Without one the client registers itself.
 */
export const realClients = {
  ...Object.fromEntries(Object.entries(sdks).map(([name, sdk]) => [
    `TypeScript, ${name}`, (_, address, entered) => openTypeScript(sdk, address, entered),
  ])),
  "C# SDK": openCSharp,
  "mcp-remote": (_, address, entered) => openRemote(address, entered),
  "Inspector": (_, address, entered) => openInspector(address, entered),
};

async function openTypeScript(sdk, address, entered) {
  const client = new SignedInClient(sdk, "http", address);
  if (entered) {
    client.signIn.saveClientInformation(entered);
  }

  await client.connect();
  return { call: () => client.call("listCompanies"), asked: () => client.signIn.asked, close: () => client.close() };
}

async function openCSharp(repository, address, entered) {
  const client = await CSharpProcess.start(repository, entered ? [address, entered.client_id] : [address]);
  return { call: () => client.call("listCompanies"), asked: () => client.asked, close: client.close };
}

async function openRemote(address, entered) {
  const information = entered ? ["--static-oauth-client-info", JSON.stringify({ client_id: entered.client_id })] : [];
  const client = await RemoteProcess.start([address, "--transport", "http-only", ...information]);
  return { call: () => client.request("tools/call", { name: "listCompanies", arguments: {} }), asked: client.asked, close: client.close };
}

/** The Inspector's command line connects, signs in and calls in one process. */
async function openInspector(address, entered) {
  const home = await BrowserHome.create("inspector");
  const callback = `http://127.0.0.1:${await freePair()}/oauth/callback`;
  const call = async () => {
    const { code, output } = await run(process.execPath, [
      command("@modelcontextprotocol/inspector", "inspector"), "--cli", "--server-url", address, "--transport", "http", "--format", "json",
      "--quiet", "--callback-url", callback, ...entered ? ["--client-id", entered.client_id] : [], "--method", "tools/call", "--tool-name", "listCompanies",
    ], { env: { ...home.env, MCP_AUTO_OPEN_ENABLED: "true" } });
    const line = output.split("\n").find(text => text.startsWith("{"));
    assert.equal(code, 0, output.slice(-2000));
    return JSON.parse(line).result;
  };
  return { call, asked: home.asked, close: home.remove };
}

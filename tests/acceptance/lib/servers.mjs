// The programs under test, from the build that `dotnet test` left behind.
import { join } from "node:path";
import { freePair } from "./ports.mjs";
import { startUntil } from "./process.mjs";

/** The program of a project. */
export const binary = (repository, project) =>
  join(process.env.ACCEPTANCE_BINARIES ?? join(repository, "artifacts", "bin"), project, "debug", `${project}.dll`);

/**
 * Starts the sandbox.
 * @param {string[]} options further options, such as `["--issuer", "strict"]`
 * @returns its addresses, and the token that it prints, which also permits changing the keys
 */
export async function startSandbox(repository, options = []) {
  const port = await freePair();
  const child = await startUntil(/curl -s/, "dotnet", [binary(repository, "NeonPanel.Mcp.Sandbox"), "--port", String(port), ...options]);
  await ready(`http://localhost:${port}`);
  const [token] = /eyJ[\w-]+\.[\w-]+\.[\w-]+/.exec(child.written());
  return { address: `http://localhost:${port}`, issuer: `http://localhost:${port + 1}`, token };
}

/**
 * Starts the server by itself, in front of the sandbox's issuer and of an API.
 * @param settings what is set beside the addresses, as in the contract: `{ "Auth:AnonymousDiscovery": "false" }`
 */
export async function startServer(repository, { issuer, api = issuer, publicUrl, file, settings = {} }) {
  const port = await freePair();
  const address = `http://localhost:${port}`;
  const all = {
    "Server:PublicUrl": publicUrl ?? address,
    "Auth:Issuer": issuer,
    "Upstream:BaseAddress": api,
    // The tests of limits are elsewhere; here one user does what many would.
    "Limits:AnonymousRequestsPerMinute": "100000",
    "Limits:CallsPerMinutePerUser": "100000",
    "Limits:ConcurrentCallsPerUser": "1000",
    ...settings,
  };
  file ??= binary(repository, "NeonPanel.Mcp.Server");
  await startUntil(/Now listening on/, "dotnet", [file, ...Object.entries(all).map(([name, value]) => `--${name}=${value}`)],
    { env: { ...process.env, ASPNETCORE_URLS: address } });
  await ready(address);
  return { address };
}

/** Waits until the server has the issuer's signing keys: until then it answers 503. */
async function ready(address) {
  for (const end = Date.now() + 60_000; Date.now() < end; await new Promise(resolve => setTimeout(resolve, 200))) {
    if ((await fetch(`${address}/readyz`)).ok) {
      return;
    }
  }

  throw new Error(`${address}/readyz was not 200 in 60 s`);
}

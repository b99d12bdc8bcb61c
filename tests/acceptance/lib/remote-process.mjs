// mcp-remote as a desktop client runs it: JSON-RPC on its standard streams, a browser that it opens, a home of its own.
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { existsSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { command } from "./packages.mjs";
import { start } from "./process.mjs";

export class RemoteProcess {
  #child;
  #home;
  #pending = new Map();
  #last = 0;

  /** Starts it and greets the server through it. */
  static async start(args) {
    const remote = new RemoteProcess();
    remote.#home = await mkdtemp(join(tmpdir(), "mcp-remote-"));
    // Openers look for xdg-open on the path; the stand-in stays until the sign-in is done, as a browser would.
    const opener = join(remote.#home, "xdg-open");
    await writeFile(opener, `#!/bin/sh\nexec '${process.execPath}' '${join(import.meta.dirname, "browser.mjs")}' '${join(remote.#home, "opened")}' "$1"\n`);
    await chmod(opener, 0o755);
    remote.#child = start(process.execPath, [command("mcp-remote", "mcp-remote"), ...args], {
      env: { ...process.env, HOME: remote.#home, MCP_REMOTE_CONFIG_DIR: join(remote.#home, "auth"), PATH: `${remote.#home}:${process.env.PATH}`, BROWSER: opener },
    });
    createInterface({ input: remote.#child.stdout }).on("line", line => remote.#take(line));
    await remote.request("initialize", { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "acceptance", version: "1.0.0" } });
    remote.#write({ method: "notifications/initialized" });
    return remote;
  }

  async request(method, params = {}) {
    const id = ++this.#last;
    const { promise, resolve, reject } = Promise.withResolvers();
    const timer = setTimeout(() => reject(new Error(`${method} was not answered in 30 s:\n${this.#child.written().slice(-3000)}`)), 30_000);
    this.#pending.set(id, answer => answer.error ? reject(new Error(JSON.stringify(answer.error))) : resolve(answer.result));
    this.#write({ id, method, params });
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
    }
  }

  /** How often it opened the browser. */
  asked = () => existsSync(join(this.#home, "opened")) ? readFileSync(join(this.#home, "opened"), "utf8").trim().split("\n").length : 0;

  close = async () => {
    this.#child.kill();
    await rm(this.#home, { recursive: true, force: true });
  };

  #write(message) {
    this.#child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  }

  #take(line) {
    const message = JSON.parse(line);
    this.#pending.get(message.id)?.(message);
  }
}

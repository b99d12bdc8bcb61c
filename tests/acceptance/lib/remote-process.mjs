// mcp-remote as a desktop client runs it: JSON-RPC on its standard streams, a browser that it opens, a home of its own.
import { join } from "node:path";
import { createInterface } from "node:readline";
import { BrowserHome } from "./browser-home.mjs";
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
    remote.#home = await BrowserHome.create("mcp-remote");
    remote.#child = start(process.execPath, [command("mcp-remote", "mcp-remote"), ...args], {
      env: { ...remote.#home.env, MCP_REMOTE_CONFIG_DIR: join(remote.#home.folder, "auth") },
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
  asked = () => this.#home.asked();

  close = async () => {
    this.#child.kill();
    await this.#home.remove();
  };

  #write(message) {
    this.#child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  }

  #take(line) {
    const message = JSON.parse(line);
    this.#pending.get(message.id)?.(message);
  }
}

// The client of the C# SDK, tests/NeonPanel.Mcp.CSharpClient, which asks for a browser and takes calls over its standard streams.
import { createInterface } from "node:readline";
import { consent } from "./person.mjs";
import { start } from "./process.mjs";
import { binary } from "./servers.mjs";

export class CSharpProcess {
  #child;
  #answers = [];
  #waiting;

  /** How often it opened the browser. */
  asked = 0;

  /** @param args the address, and a client id that a person entered */
  static async start(repository, args) {
    const client = new CSharpProcess();
    client.#child = start("dotnet", [binary(repository, "NeonPanel.Mcp.CSharpClient"), ...args]);
    createInterface({ input: client.#child.stdout }).on("line", line => client.#take(JSON.parse(line)));
    client.#child.once("exit", code => client.#take({ error: `the client ended with ${code}: ${client.#child.written().slice(-2000)}` }));
    client.revision = await client.#answer();
    return client;
  }

  call(tool) {
    this.#child.stdin.write(`${tool}\n`);
    return this.#answer();
  }

  close = () => this.#child.kill();

  async #answer() {
    const { promise, resolve } = Promise.withResolvers();
    this.#waiting = resolve;
    this.#deliver();
    const timer = setTimeout(() => resolve({ error: `no answer in 30 s: ${this.#child.written().slice(-2000)}` }), 30_000);
    const answer = await promise;
    clearTimeout(timer);
    if ("error" in answer) {
      throw new Error(answer.error);
    }

    return answer.connected ?? answer.result;
  }

  async #take(answer) {
    if (answer.open) {
      this.asked++;
      answer = await consent(answer.open).then(callback => void this.#child.stdin.write(`${callback}\n`), error => ({ error: error.message }));
    }

    if (answer) {
      this.#answers.push(answer);
      this.#deliver();
    }
  }

  #deliver() {
    if (this.#waiting && this.#answers.length > 0) {
      this.#waiting(this.#answers.shift());
      this.#waiting = undefined;
    }
  }
}

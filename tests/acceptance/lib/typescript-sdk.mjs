// The two generations of the TypeScript SDK, as one.
import * as v2 from "@modelcontextprotocol/client";
import { UnauthorizedError } from "@modelcontextprotocol/sdk/client/auth.js";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { SignIn } from "./sign-in.mjs";

const name = { name: "acceptance", version: "1.0.0" };

export const sdks = {
  "sdk 1.32.2": {
    UnauthorizedError,
    http: StreamableHTTPClientTransport,
    sse: SSEClientTransport,
    client: () => new Client(name),
    answerOf: callback => callback.searchParams.get("code"),
  },
  "client 2.4.0, older era": {
    UnauthorizedError: v2.UnauthorizedError,
    http: v2.StreamableHTTPClientTransport,
    sse: v2.SSEClientTransport,
    client: () => new v2.Client(name),
    answerOf: callback => callback.searchParams,
  },
  "client 2.4.0, 2026-07-28": {
    UnauthorizedError: v2.UnauthorizedError,
    http: v2.StreamableHTTPClientTransport,
    client: () => new v2.Client(name, { versionNegotiation: { mode: { pin: "2026-07-28" } } }),
    answerOf: callback => callback.searchParams,
  },
};

/** A client that signs in when it is told to, at the connection or at a call, and then goes on. */
export class SignedInClient {
  #sdk;
  #transport;
  #client;

  constructor(sdk, transport, address) {
    this.#sdk = sdk;
    this.signIn = new SignIn();
    this.open = async () => {
      this.#client = sdk.client();
      this.#transport = new sdk[transport](new URL(address), { authProvider: this.signIn });
      await this.#client.connect(this.#transport);
    };
  }

  connect = () => this.#orSignIn(this.open);

  list = () => this.#orSignIn(async () => (await this.#client.listTools()).tools);

  call = (tool, args = {}) => this.#orSignIn(() => this.#client.callTool({ name: tool, arguments: args }));

  close = () => this.#client.close();

  async #orSignIn(act) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof this.#sdk.UnauthorizedError)) {
        throw error;
      }

      await this.#transport.finishAuth(this.#sdk.answerOf(this.signIn.callback));
      return await act();
    }
  }
}

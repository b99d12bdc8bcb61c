// The two generations of the TypeScript SDK, as one.
import * as v2 from "@modelcontextprotocol/client";
import { UnauthorizedError } from "@modelcontextprotocol/sdk/client/auth.js";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { SSEClientTransport } from "@modelcontextprotocol/sdk/client/sse.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { ElicitRequestSchema } from "@modelcontextprotocol/sdk/types.js";
import { SignIn } from "./sign-in.mjs";

const name = { name: "acceptance", version: "1.0.0" };

export const sdks = {
  "sdk 1.32.2": {
    UnauthorizedError,
    http: StreamableHTTPClientTransport,
    sse: SSEClientTransport,
    client: options => new Client(name, options),
    elicitation: ElicitRequestSchema,
    call: (client, call, options) => client.callTool(call, undefined, options),
    answerOf: callback => callback.searchParams.get("code"),
  },
  "client 2.4.0, older era": {
    UnauthorizedError: v2.UnauthorizedError,
    http: v2.StreamableHTTPClientTransport,
    sse: v2.SSEClientTransport,
    client: options => new v2.Client(name, options),
    elicitation: "elicitation/create",
    call: (client, call, options) => client.callTool(call, options),
    answerOf: callback => callback.searchParams,
  },
  "client 2.4.0, 2026-07-28": {
    UnauthorizedError: v2.UnauthorizedError,
    http: v2.StreamableHTTPClientTransport,
    client: options => new v2.Client(name, { ...options, versionNegotiation: { mode: { pin: "2026-07-28" } } }),
    elicitation: "elicitation/create",
    call: (client, call, options) => client.callTool(call, options),
    answerOf: callback => callback.searchParams,
  },
};

/** A client that signs in when it is told to, at the connection or at a call, and then goes on. */
export class SignedInClient {
  #sdk;
  #transport;
  #client;

  /** @param show what the user does with a form; without it, the client shows none */
  constructor(sdk, transport, address, show) {
    this.#sdk = sdk;
    this.signIn = new SignIn();
    this.open = async () => {
      this.#client = sdk.client(show ? { capabilities: { elicitation: {} } } : {});
      if (show) {
        this.#client.setRequestHandler(sdk.elicitation, (request, extra) => show(request.params, extra.signal));
      }

      this.#transport = new sdk[transport](new URL(address), { authProvider: this.signIn });
      await this.#client.connect(this.#transport);
    };
  }

  connect = () => this.#orSignIn(this.open);

  list = () => this.#orSignIn(async () => (await this.#client.listTools()).tools);

  /** @param options of the request, such as `timeout` */
  call = (tool, args = {}, options = {}) => this.#orSignIn(() => this.#sdk.call(this.#client, { name: tool, arguments: args }, options));

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

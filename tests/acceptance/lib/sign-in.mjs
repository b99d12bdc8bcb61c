// The memory of one client of the TypeScript SDK, of either generation (its OAuthClientProvider), with a person beside it.
import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { consent } from "./person.mjs";

export class SignIn {
  #client;
  #tokens;
  #verifier;
  #state;
  #discovery;

  /** How often a person was asked. */
  asked = 0;
  /** The request that the person saw, and where it sent the browser. */
  request;
  callback;

  redirectUrl = "http://localhost:7777/callback";
  clientMetadata = {
    client_name: "Acceptance",
    redirect_uris: [this.redirectUrl],
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    token_endpoint_auth_method: "none",
  };

  state = () => this.#state = randomUUID();
  clientInformation = () => this.#client;
  saveClientInformation = client => { this.#client = client; };
  tokens = () => this.#tokens;
  saveTokens = tokens => { this.#tokens = tokens; };
  codeVerifier = () => this.#verifier;
  saveCodeVerifier = verifier => { this.#verifier = verifier; };
  discoveryState = () => this.#discovery;
  saveDiscoveryState = state => { this.#discovery = state; };
  invalidateCredentials = scope => {
    this.#tokens = ["all", "tokens"].includes(scope) ? undefined : this.#tokens;
    this.#client = ["all", "client"].includes(scope) ? undefined : this.#client;
  };

  async redirectToAuthorization(url) {
    this.asked++;
    this.request = url;
    this.callback = await consent(url);
    assert.equal(this.callback.searchParams.get("state"), this.#state);
  }
}

// The sign-in of a careful client (MCP authorization, revision 2025-11-25), in steps. Each stub in this folder overrides the steps
// in which one client differs. A step that fails throws `Stopped`, which names it.
import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { consent } from "../lib/person.mjs";

/** The sign-in ended here. */
export class Stopped extends Error {
  constructor(step, why) {
    super(`${step}: ${why}`);
    this.step = step;
  }
}

export class Client {
  redirects = ["http://localhost:7777/callback"];
  /** How often the browser was opened, and how often a token was renewed. */
  asked = 0;
  renewed = 0;

  constructor(address) {
    this.address = address;
  }

  /** Connects as the client does on its first use, and calls a tool. Returns the tool's result. */
  async use() {
    const first = await this.send(this.firstMessage());
    if (first.status === 401) {
      await this.signIn(challengeOf(first));
      await this.expect(200, await this.send(this.firstMessage()), "first message");
    } else {
      await this.expect(200, first, "first message");
    }

    return this.call("listCompanies");
  }

  async signIn(challenge) {
    this.challenge = challenge;
    this.resource = await this.readResource();
    this.issuer = await this.readIssuer();
    this.identity = await this.identify();
    this.tokens = await this.redeem(await this.authorize(this.scope()));
  }

  async call(tool) {
    const message = { method: "tools/call", params: { name: tool, arguments: {} } };
    let response = await this.send(message);
    if (response.status === 401 && await this.recover(challengeOf(response))) {
      response = await this.send(message);
    }

    const { result } = await this.expect(200, response, "call");
    if (result.isError) {
      throw new Stopped("call", result.content[0].text);
    }

    return result;
  }

  /** After a 401 to a call: signs in, or renews the token once. Returns whether the call is sent again. */
  async recover(challenge) {
    await (this.tokens ? this.renew() : this.signIn(challenge));
    return true;
  }

  firstMessage() {
    const clientInfo = { name: this.constructor.name, version: "1.0.0" };
    return { method: "initialize", params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo } };
  }

  /** RFC 9728 section 5.1: the challenge names the metadata of the address. */
  async readResource() {
    const url = this.challenge?.resource_metadata;
    if (!url) {
      throw new Stopped("challenge", "the 401 names no resource_metadata");
    }

    const resource = await read(url, "resource metadata");
    this.checkResource(resource.resource);
    return resource;
  }

  /** RFC 9728 section 3.3, as the TypeScript SDK reads it: the resource contains the address. */
  checkResource(resource) {
    if (!this.address.startsWith(resource.replace(/\/$/, ""))) {
      throw new Stopped("resource metadata", `${resource} does not contain ${this.address}`);
    }
  }

  /** RFC 8414 section 3.3: the issuer in the document is the one that was asked. */
  async readIssuer() {
    const [issuer] = this.resource.authorization_servers;
    const metadata = await read(wellKnown(issuer, "oauth-authorization-server"), "issuer metadata")
      .catch(() => read(wellKnown(issuer, "openid-configuration"), "issuer metadata"));
    if (metadata.issuer !== issuer || !metadata.code_challenge_methods_supported?.includes("S256")) {
      throw new Stopped("issuer metadata", `the issuer is ${metadata.issuer}, S256 is ${metadata.code_challenge_methods_supported}`);
    }

    return metadata;
  }

  /** Scopes as MCP 2025-11-25 chooses them: those of the challenge, else all of the resource's. */
  scope() {
    return this.challenge.scope ?? this.resource.scopes_supported?.join(" ");
  }

  /** How the client becomes known to the issuer. Returns what it sends at the token endpoint. */
  identify() {
    return this.register({ token_endpoint_auth_method: "none" });
  }

  /** RFC 7591. */
  async register(more) {
    const { registration_endpoint: endpoint } = this.issuer;
    if (!endpoint) {
      throw new Stopped("registration", "the issuer has no registration_endpoint");
    }

    const response = await fetch(endpoint, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        client_name: this.constructor.name,
        redirect_uris: this.redirects,
        grant_types: ["authorization_code", "refresh_token"],
        response_types: ["code"],
        ...more,
      }),
    });
    const answer = await response.json();
    if (!response.ok) {
      throw new Stopped("registration", JSON.stringify(answer));
    }

    return answer;
  }

  /** Opens the browser. Returns the parameters that it brings back. */
  async authorize(scope) {
    this.verifier = randomBytes(32).toString("base64url");
    const state = randomBytes(16).toString("base64url");
    const url = new URL(this.issuer.authorization_endpoint);
    const parameters = {
      response_type: "code",
      client_id: this.identity.client_id,
      redirect_uri: this.redirects[0],
      state,
      code_challenge: createHash("sha256").update(this.verifier).digest("base64url"),
      code_challenge_method: "S256",
      resource: this.resourceParameter(),
      ...scope && { scope },
    };
    Object.entries(parameters).forEach(([name, value]) => url.searchParams.set(name, value));
    this.asked++;
    const callback = await consent(url).catch(error => {
      throw new Stopped("authorization", error.message.replace(/<[^>]*>|\s+/g, " ").slice(0, 500));
    });
    const answer = callback.searchParams;
    assert.equal(callback.href.split("?")[0], new URL(this.redirects[0]).href);
    if (answer.get("error")) {
      throw new Stopped("authorization", answer.get("error"));
    }

    assert.equal(answer.get("state"), state);
    this.checkAnswer(answer);
    return answer;
  }

  /** RFC 8707 section 2. */
  resourceParameter() {
    return this.resource.resource;
  }

  /** RFC 9207 section 2.4: an issuer that is named is the one that was asked. */
  checkAnswer(answer) {
    if (answer.has("iss") && answer.get("iss") !== this.issuer.issuer) {
      throw new Stopped("answer", `iss is ${answer.get("iss")}`);
    }
  }

  redeem(answer) {
    return this.token({ grant_type: "authorization_code", code: answer.get("code"), redirect_uri: this.redirects[0], code_verifier: this.verifier });
  }

  async renew() {
    this.renewed++;
    this.tokens = { ...this.tokens, ...await this.token({ grant_type: "refresh_token", refresh_token: this.tokens.refresh_token }) };
  }

  async token(parameters) {
    const response = await fetch(this.issuer.token_endpoint, {
      method: "POST",
      body: new URLSearchParams({ ...parameters, resource: this.resourceParameter(), ...await this.credentials() }),
    });
    const answer = await response.json();
    if (!response.ok) {
      throw new Stopped("token", JSON.stringify(answer));
    }

    return answer;
  }

  /** What proves at the token endpoint who the client is. */
  credentials() {
    return { client_id: this.identity.client_id };
  }

  headers() {
    return this.tokens ? { Authorization: `Bearer ${this.tokens.access_token}` } : {};
  }

  /** Sends one MCP message. */
  async send(message) {
    const response = await fetch(this.address, {
      method: "POST",
      redirect: "error",
      headers: { "Content-Type": "application/json", "Accept": "application/json, text/event-stream", ...this.headers() },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, ...message }),
    });
    response.message = await response.text();
    return response;
  }

  async expect(status, response, step) {
    if (response.status !== status) {
      throw new Stopped(step, `${response.status} ${response.headers.get("www-authenticate") ?? response.message.slice(0, 200)}`);
    }

    const text = response.headers.get("content-type").startsWith("text/event-stream")
      ? response.message.split("\n").find(line => line.startsWith("data: ")).slice(6)
      : response.message;
    return JSON.parse(text);
  }
}

/** The parameters of a Bearer challenge (RFC 6750 section 3). */
export function challengeOf(response) {
  const header = response.headers.get("www-authenticate") ?? "";
  return Object.fromEntries([...header.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value]));
}

export async function read(url, step) {
  const response = await fetch(url);
  if (!response.ok) {
    throw new Stopped(step, `${url} answered ${response.status}`);
  }

  return response.json();
}

/** RFC 8414 section 3.1 and RFC 9728 section 3.1: the path follows the well-known segment. */
export function wellKnown(address, name) {
  const url = new URL(address);
  return `${url.origin}/.well-known/${name}${url.pathname.replace(/\/$/, "")}`;
}

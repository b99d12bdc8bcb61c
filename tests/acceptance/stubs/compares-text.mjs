// Gemini CLI. Compares `resource` with scheme, host and path as text, so that it expects a slash after a bare host. Takes the scopes from
// the issuer's metadata, and registers with them.
// google-gemini/gemini-cli packages/core/src/mcp/oauth-utils.ts and oauth-provider.ts (stored head of 2026, read 2026-11-28);
// google-gemini/gemini-cli#18833 (2026-02-11); stripe/ai#341 (2026-03-30).
import { Client, Stopped } from "./client.mjs";

export class ComparesText extends Client {
  redirects = ["http://localhost:7777/oauth/callback"];

  checkResource(resource) {
    if (resource !== this.resourceParameter()) {
      throw new Stopped("resource metadata", `${resource} does not match expected ${this.resourceParameter()}`);
    }
  }

  resourceParameter() {
    const { protocol, host, pathname } = new URL(this.address);
    return `${protocol}//${host}${pathname}`;
  }

  scope() {
    return this.issuer.scopes_supported?.join(" ");
  }

  identify() {
    return this.register({ token_endpoint_auth_method: "none", scope: this.scope() ?? "" });
  }
}

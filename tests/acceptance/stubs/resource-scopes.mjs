// Claude Code. Takes the scopes from the resource's metadata and registers with them; at the authorization it also asks for
// offline_access when the issuer lists it.
// PostHog/posthog#55307 (2026-04-20); formbricks/formbricks#8406 (2026-07-02).
import { Client } from "./client.mjs";

export class ResourceScopes extends Client {
  redirects = ["http://localhost:52345/callback"];

  scope() {
    const offline = this.issuer.scopes_supported?.includes("offline_access") ? ["offline_access"] : [];
    return [...this.resource.scopes_supported ?? [], ...offline].join(" ");
  }

  identify() {
    return this.register({ token_endpoint_auth_method: "none", scope: this.resource.scopes_supported?.join(" ") });
  }
}

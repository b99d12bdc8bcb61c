// Microsoft 365 Copilot. The registration must return a client secret, which the client sends with each token request.
// learn.microsoft.com plugin-authentication-dynamic-client-registration, "DCR without a client secret isn't supported yet" (2026-11-28).
import { Client, Stopped } from "./client.mjs";

export class NeedsSecret extends Client {
  redirects = ["https://teams.microsoft.com/api/platform/v1.0/oAuthRedirect"];

  async identify() {
    const identity = await this.register({ token_endpoint_auth_method: "client_secret_post" });
    if (!identity.client_secret) {
      throw new Stopped("registration", "the issuer gave no client_secret");
    }

    return identity;
  }

  credentials() {
    return { client_id: this.identity.client_id, client_secret: this.identity.client_secret };
  }
}

// Knows dynamic registration alone: no metadata document, no client id that a person enters.
// github/copilot-cli#33, a maintainer's comment (2026-02-05); Altinity/altinity-mcp#169, Cursor.
import { Client } from "./client.mjs";

export class RegistersOnly extends Client {
  identify() {
    return this.register({ token_endpoint_auth_method: "none" });
  }
}

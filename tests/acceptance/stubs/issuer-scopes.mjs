// Codex. Takes the scopes from the issuer's metadata and ignores the challenge; tries once more without scopes when the issuer refuses
// them. Listens on a port and a path of its own choice. Insists on `iss` in the answer when the issuer's metadata promises it.
// openai/codex#15643 (2026-03-24); openai/codex#14419 (2026-03-12), the order of scopes and the second attempt;
// openai/codex#33354 (2026-07-15) and BuilderIO/agent-native#2616 (2026-08-04), `iss` and the redirect address.
import { randomBytes } from "node:crypto";
import { Client, Stopped } from "./client.mjs";
import { NeedsIssuer } from "./needs-issuer.mjs";

export class IssuerScopes extends Client {
  redirects = [`http://127.0.0.1:60126/callback/${randomBytes(8).toString("hex")}`];

  scope() {
    return this.issuer.scopes_supported?.join(" ");
  }

  async authorize(scope) {
    try {
      return await super.authorize(scope);
    } catch (error) {
      if (scope && error instanceof Stopped && error.step === "authorization") {
        return super.authorize(undefined);
      }

      throw error;
    }
  }

  checkAnswer = NeedsIssuer.prototype.checkAnswer;
}

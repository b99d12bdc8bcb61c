// Rejects an answer without `iss` when the issuer's metadata says authorization_response_iss_parameter_supported (RFC 9207 section 2.4).
// NousResearch/hermes-agent#92765, the Python SDK 2.x (2026-08-23); openai/codex#33354 (2026-07-15); getsentry/sentry-mcp#1271, ChatGPT.
import { Client, Stopped } from "./client.mjs";

export class NeedsIssuer extends Client {
  checkAnswer(answer) {
    if (this.issuer.authorization_response_iss_parameter_supported && answer.get("iss") !== this.issuer.issuer) {
      throw new Stopped("answer", `iss is ${answer.get("iss")}, and the metadata promises ${this.issuer.issuer}`);
    }
  }
}

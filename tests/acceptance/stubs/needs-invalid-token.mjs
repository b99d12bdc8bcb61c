// Renews its token on HTTP 401 with error="invalid_token" alone. An error in a result of status 200 is an ordinary failure to it.
// Softeria/ms-365-mcp-server#406 (2026-04-20); modelcontextprotocol/typescript-sdk#2031 (2026-05-08);
// ProfessionalWiki/MediaWiki-MCP-Server#443, LibreChat (2026-07-09).
import { Client } from "./client.mjs";

export class NeedsInvalidToken extends Client {
  async recover(challenge) {
    return (!this.tokens || challenge.error === "invalid_token") && super.recover(challenge);
  }
}

// Takes the MCP server for the authorization server: it reads oauth-authorization-server from the server's own host, first below the
// path, and no resource metadata. Clients of revision 2025-03-26 do, and others as a last resort.
// MCP authorization 2025-03-26, section 2.3; the requests in anthropics/claude-ai-mcp#76 (2026-03-01).
import { Client, read, wellKnown } from "./client.mjs";

export class HostMetadata extends Client {
  readResource() {
    return { resource: this.address };
  }

  async readIssuer() {
    return read(wellKnown(this.address, "oauth-authorization-server"), "issuer metadata")
      .catch(() => read(wellKnown(new URL(this.address).origin, "oauth-authorization-server"), "issuer metadata"));
  }

  scope() {
    return undefined;
  }
}

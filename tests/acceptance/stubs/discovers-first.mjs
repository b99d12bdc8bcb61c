// Begins with `server/discover` of revision 2026-07-28 instead of `initialize`, and must be challenged there.
// MCP 2026-07-28, versioning; the C# SDK 2.x by default; taylorwilsdon/google_workspace_mcp#1079, ChatGPT.
import { Client } from "./client.mjs";

const meta = {
  "io.modelcontextprotocol/protocolVersion": "2026-07-28",
  "io.modelcontextprotocol/clientInfo": { name: "DiscoversFirst", version: "1.0.0" },
  "io.modelcontextprotocol/clientCapabilities": {},
};

export class DiscoversFirst extends Client {
  firstMessage() {
    return { method: "server/discover", params: {} };
  }

  headers() {
    return { ...super.headers(), "MCP-Protocol-Version": "2026-07-28", "Mcp-Method": this.method, ...this.name && { "Mcp-Name": this.name } };
  }

  send(message) {
    this.method = message.method;
    this.name = message.params.name;
    return super.send({ ...message, params: { ...message.params, _meta: meta } });
  }
}

// Asks for `openid email profile`, whatever anybody lists.
// cloudflare/mcp-server-cloudflare#457, mcp-remote (2026-08-20); punkpeye/mcp-remote#204 (2025-12-16).
import { Client } from "./client.mjs";

export class FixedScopes extends Client {
  scope() {
    return "openid email profile";
  }
}

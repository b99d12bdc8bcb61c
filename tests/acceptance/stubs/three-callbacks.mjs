// Cursor. Registers three redirect addresses at once, one of them of a scheme of its own: an issuer that refuses one refuses them all.
// erp-mafia/accounted#2225 (2026-09-03); soflyy/agent-connector-for-wp#111 (2026-09-11); bytebase/bytebase#20510 (2026-06-04).
import { Client } from "./client.mjs";

export class ThreeCallbacks extends Client {
  redirects = [
    "http://localhost:8787/callback",
    "cursor://anysphere.cursor-mcp/oauth/callback",
    "https://www.cursor.com/agents/mcp/oauth/callback",
  ];
}

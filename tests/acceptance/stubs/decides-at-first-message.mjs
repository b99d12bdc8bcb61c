// Decides at its first message whether people must sign in: 200 means that no token is needed, and no later 401 changes that.
// anomalyco/opencode#36946 (2026-07-14); anthropics/claude-ai-mcp#1065 (2026-09-22); vuetifyjs/mcp#40, Grok (2026-08-26);
// punkpeye/mcp-remote#286 (2026-06-09); erp-mafia/accounted#2159, the dialog of claude.ai (2026-09-02).
import { Client } from "./client.mjs";

export class DecidesAtFirstMessage extends Client {
  async recover(challenge) {
    return this.tokens !== undefined && super.recover(challenge);
  }
}

// Gemini CLI. Renews its token five minutes before it expires, so that a token of 60 seconds is renewed ahead of each message.
// google-gemini/gemini-cli packages/core/src/mcp/oauth-utils.ts, FIVE_MIN_BUFFER_MS (stored head of 2026, read 2026-11-28).
import { Client } from "./client.mjs";

export class RenewsEarly extends Client {
  async send(message) {
    if (this.tokens?.expires_in < 300) {
      await this.renew();
    }

    return super.send(message);
  }
}

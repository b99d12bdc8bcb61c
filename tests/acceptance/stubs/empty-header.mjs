// Sends an empty Authorization header while it has no token, and starts the sign-in only on a challenge without `error`: one with
// `error="invalid_token"` means to it that a token was refused.
// ctxpipe-ai/ctxpipe#156, "hosts only start OAuth when the challenge looks like discovery" (2026-05-04); warpdotdev/warp#8356, the
// empty header (2026-04-28).
import { Client, Stopped } from "./client.mjs";

export class EmptyHeader extends Client {
  headers() {
    return this.tokens ? super.headers() : { Authorization: "" };
  }

  async signIn(challenge) {
    if (challenge.error) {
      throw new Stopped("challenge", `error is ${challenge.error}, though no token was sent`);
    }

    await super.signIn(challenge);
  }
}

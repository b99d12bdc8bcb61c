// ChatGPT. Uses one redirect address for all connectors when the issuer's metadata promises `iss` in the answer (RFC 9207), and one for
// each connector when it does not.
// gitroomhq/postiz-app#2092 (2026-09-16).
import { CallbackPerConnector } from "./callback-per-connector.mjs";

export class CallbackByIssuer extends CallbackPerConnector {
  identify() {
    if (this.issuer.authorization_response_iss_parameter_supported) {
      this.redirects = ["https://chatgpt.com/connector_platform_oauth_redirect"];
    }

    return super.identify();
  }
}

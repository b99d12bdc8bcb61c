// ChatGPT. Each connector that a person creates has a redirect address of its own, which no list can name in advance.
// BasedHardware/omi#8824 (2026-07-02); danielealbano/android-remote-control-mcp#166 (2026-08-17).
import { randomBytes } from "node:crypto";
import { Client } from "./client.mjs";

export class CallbackPerConnector extends Client {
  redirects = [`https://chatgpt.com/connector/oauth/${randomBytes(9).toString("base64url")}`];
}

// VS Code. The `resource` of the metadata must be the address as a URL: a slash after the host does not count, a slash after a path does.
// microsoft/vscode#255255 (2025-07-10); #259251 (2025-08-01); #262278 (2025-08-19); #259588, the maintainer's rule (2025-08-04).
import { Client, Stopped } from "./client.mjs";

export class ComparesUrl extends Client {
  redirects = ["http://127.0.0.1:33418", "https://vscode.dev/redirect"];

  checkResource(resource) {
    if (new URL(resource).href !== new URL(this.address).href) {
      throw new Stopped("resource metadata", `${resource} does not match ${new URL(this.address).href}`);
    }
  }
}

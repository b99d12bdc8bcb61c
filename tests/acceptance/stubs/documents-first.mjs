// Identifies itself by a client metadata document when the issuer supports them and lists `none`; else it registers.
// anomalyco/opencode#47743, "same rules as Codex" (2026-09-07); zed-industries/zed#51768 (2026-03-17).
import { Client } from "./client.mjs";
import { publish } from "./documents.mjs";

export class DocumentsFirst extends Client {
  async identify() {
    const { client_id_metadata_document_supported: supported, token_endpoint_auth_methods_supported: methods } = this.issuer;
    return supported && methods?.includes("none") ? { client_id: await publish(this) } : super.identify();
  }
}

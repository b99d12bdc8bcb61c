// Presents the URL of its metadata document as client id, whatever the issuer's metadata says.
// aaif-goose/goose#9670 (2026-06-08; mended since, and older versions are in use).
import { Client } from "./client.mjs";
import { publish } from "./documents.mjs";

export class DocumentsOnly extends Client {
  async identify() {
    return { client_id: await publish(this) };
  }
}

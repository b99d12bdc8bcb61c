// ChatGPT. Prefers private_key_jwt (RFC 7523) to `none` when the issuer lists both, and publishes its keys. Prefers a client metadata
// document to registration when the issuer supports both.
// OpenAI, plugins/build/auth.md (October 2026).
import { createSign, generateKeyPairSync, randomUUID } from "node:crypto";
import { Client } from "./client.mjs";
import { publish, publishKeys } from "./documents.mjs";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const encode = value => Buffer.from(JSON.stringify(value)).toString("base64url");

export class SignsWithKey extends Client {
  get signs() {
    return this.issuer.token_endpoint_auth_methods_supported?.includes("private_key_jwt");
  }

  async identify() {
    if (!this.signs) {
      return super.identify();
    }

    const key = { ...publicKey.export({ format: "jwk" }), kid: "stub", use: "sig", alg: "RS256" };
    const metadata = {
      token_endpoint_auth_method: "private_key_jwt",
      token_endpoint_auth_signing_alg: "RS256",
      jwks_uri: await publishKeys([key]),
    };
    return this.issuer.client_id_metadata_document_supported ? { client_id: await publish(this, metadata) } : this.register(metadata);
  }

  credentials() {
    return this.signs ? {
      client_id: this.identity.client_id,
      client_assertion_type: "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
      client_assertion: this.assertion(),
    } : super.credentials();
  }

  /** RFC 7523 section 3. The audience is the token endpoint, as RFC 7523 says and issuers are known to accept. */
  assertion() {
    const now = Math.floor(Date.now() / 1000);
    const claims = {
      iss: this.identity.client_id,
      sub: this.identity.client_id,
      aud: this.issuer.token_endpoint,
      jti: randomUUID(),
      iat: now,
      exp: now + 60,
    };
    const input = `${encode({ alg: "RS256", kid: "stub", typ: "JWT" })}.${encode(claims)}`;
    return `${input}.${createSign("RSA-SHA256").update(input).sign(privateKey, "base64url")}`;
  }
}

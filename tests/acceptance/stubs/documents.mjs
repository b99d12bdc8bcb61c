// Publishes what issuers fetch from clients: client metadata documents and key sets, on one loopback server for the run.
import { createServer } from "node:http";

const documents = new Map();
let origin;

/** Publishes the metadata document of a stub. Returns its URL, which is the client id. */
export async function publish(client, more = { token_endpoint_auth_method: "none" }) {
  const url = await address(`/${client.constructor.name}-${documents.size}/client.json`);
  documents.set(new URL(url).pathname, {
    client_id: url,
    client_name: client.constructor.name,
    redirect_uris: client.redirects,
    grant_types: ["authorization_code", "refresh_token"],
    response_types: ["code"],
    ...more,
  });
  return url;
}

/** Publishes a key set. Returns its URL. */
export async function publishKeys(keys) {
  const url = await address(`/keys-${documents.size}/jwks.json`);
  documents.set(new URL(url).pathname, { keys });
  return url;
}

async function address(path) {
  if (!origin) {
    const server = createServer((request, response) => {
      const document = documents.get(request.url);
      response.writeHead(document ? 200 : 404, { "Content-Type": "application/json" }).end(JSON.stringify(document ?? {}));
    });
    await new Promise(resolve => server.listen(0, "127.0.0.1", resolve));
    server.unref();
    origin = `http://127.0.0.1:${server.address().port}`;
  }

  return origin + path;
}

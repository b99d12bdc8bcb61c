// A loopback proxy that a client takes for the server: it adds a token, or spreads requests over several instances.
import { createServer, request } from "node:http";

/**
 * @param targets addresses taken in turn, request by request
 * @param token sent along where the client sends none
 */
export async function startProxy(targets, { token, port = 0 } = {}) {
  let turn = 0;
  const server = createServer((incoming, outgoing) => {
    const target = new URL(targets[turn++ % targets.length]);
    const headers = { ...incoming.headers };
    // As if it were not there: the server knows its own name alone.
    if (headers.host === own().host) {
      headers.host = target.host;
    }

    if (headers.origin === own().origin) {
      headers.origin = target.origin;
    }

    if (token) {
      headers.authorization ??= `Bearer ${token}`;
    }

    const onward = request({ host: target.hostname, port: target.port, path: incoming.url, method: incoming.method, headers }, answer => {
      outgoing.writeHead(answer.statusCode, answer.headers);
      answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    outgoing.on("close", () => onward.destroy());
    incoming.pipe(onward);
  });
  await new Promise(resolve => server.listen(port, "localhost", resolve));
  const own = () => new URL(`http://localhost:${server.address().port}`);
  return { address: own().origin, close: () => server.closeAllConnections() ?? server.close() };
}

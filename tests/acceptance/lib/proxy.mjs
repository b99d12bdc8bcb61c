// A loopback proxy that a client takes for the server: it adds a token, or spreads requests over several instances.
import { createServer, request } from "node:http";
import { text } from "node:stream/consumers";

/**
 * Stands in front of one server, which knows its own name alone: as if the proxy were not there.
 * @param change replaces the text of each answer, such as what an attacker on the way would send
 */
export async function startProxy(target, { token, change }) {
  const { host, origin } = new URL(target);
  const proxy = await listen(() => target, headers => {
    headers.host = headers.host === new URL(proxy.address).host ? host : headers.host;
    headers.origin = headers.origin === proxy.address ? origin : headers.origin;
    headers.authorization ??= `Bearer ${token}`;
    // What is compressed could not be changed as text.
    headers["accept-encoding"] = change ? "identity" : headers["accept-encoding"];
  }, change);
  return proxy;
}

/** Spreads requests over instances in turn. They bear the proxy's name; `targets` is filled once it is known. */
export async function startRoundRobin() {
  const targets = [];
  const counts = [];
  let turn = 0;
  const proxy = await listen(() => {
    const next = turn++ % targets.length;
    counts[next] = (counts[next] ?? 0) + 1;
    return targets[next];
  }, () => {});
  return { ...proxy, targets, counts };
}

async function listen(choose, change, changeText) {
  const server = createServer((incoming, outgoing) => {
    const target = new URL(choose());
    const headers = Object.fromEntries(Object.entries(incoming.headers));
    change(headers);
    Object.keys(headers).filter(name => headers[name] === undefined).forEach(name => delete headers[name]);
    const onward = request({ host: target.hostname, port: target.port, path: incoming.url, method: incoming.method, headers }, answer => {
      if (changeText) {
        delete answer.headers["content-length"];
      }

      outgoing.writeHead(answer.statusCode, answer.headers);
      // A stream begins with its headers, before there is anything to send.
      outgoing.flushHeaders();
      changeText ? text(answer).then(body => outgoing.end(changeText(body))) : answer.pipe(outgoing);
    });
    onward.on("error", () => outgoing.destroy());
    outgoing.on("close", () => onward.destroy());
    incoming.pipe(onward);
  });
  await new Promise(resolve => server.listen(0, "localhost", resolve));
  return { address: `http://localhost:${server.address().port}` };
}

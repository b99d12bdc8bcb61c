import { createServer } from "node:net";

// Below the ports that systems give to outgoing connections (Linux: from 32768; IANA, RFC 6335 section 6: from 49152): one of
// those can be taken between the probe and the program that was to listen.
let next = Number(process.env.ACCEPTANCE_FIRST_PORT ?? 16_000);

/** A port that is free together with the one after it, as the sandbox takes two. */
export async function freePair() {
  for (let tries = 0; tries < 200; tries++, next += 2) {
    if (await isFree(next) && await isFree(next + 1)) {
      return (next += 2) - 2;
    }
  }

  throw new Error("no free pair of ports");
}

function isFree(port) {
  return new Promise(resolve => {
    const probe = createServer().once("error", () => resolve(false));
    probe.listen(port, "localhost", () => probe.close(() => resolve(true)));
  });
}

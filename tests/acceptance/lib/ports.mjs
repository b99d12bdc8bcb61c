import { createServer } from "node:net";

let next = Number(process.env.ACCEPTANCE_FIRST_PORT ?? 42_000);

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

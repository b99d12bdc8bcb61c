// A Redis server for one run, when the machine has one.
import { freePair } from "./ports.mjs";
import { startUntil } from "./process.mjs";

/** Starts redis-server; undefined when there is none. */
export async function startRedis() {
  const port = await freePair();
  try {
    await startUntil(/Ready to accept connections/, "redis-server",
      ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]);
  } catch (error) {
    if (error.code === "ENOENT") {
      return undefined;
    }

    throw error;
  }

  return { connectionString: `127.0.0.1:${port}` };
}

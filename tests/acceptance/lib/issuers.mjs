// One sandbox for each kind of issuer, shared by the suites of a run.
import { startSandbox } from "./servers.mjs";

const running = new Map();

/** The sandbox whose issuer behaves like `name`. The run's own sandbox is the default one. */
export function sandboxOf({ repository, sandbox }, name) {
  if (name === "default") {
    return sandbox;
  }

  if (!running.has(name)) {
    running.set(name, startSandbox(repository, ["--issuer", name]));
  }

  return running.get(name);
}

/** Starts the sandboxes ahead of the scenarios, whose time is limited. */
export const startAll = (context, names) => runAll(names.map(name => () => sandboxOf(context, name)), 3);

/** Runs tasks, at most `width` at once: the machine that tests them has few cores. */
export async function runAll(tasks, width) {
  const waiting = [...tasks];
  await Promise.all(Array.from({ length: width }, async () => {
    for (let task = waiting.shift(); task; task = waiting.shift()) {
      await task();
    }
  }));
}

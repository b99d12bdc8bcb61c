// Starts programs and ends every one of them with the run.
import { spawn } from "node:child_process";
import { once } from "node:events";

const running = new Set();
// What was started while the run was being ended.
process.on("exit", () => running.forEach(child => child.kill("SIGKILL")));

/**
 * Starts a program and waits for a line of its output.
 * @param {RegExp} ready what that line looks like
 * @returns the child, with all it wrote so far in `written()`
 */
export async function startUntil(ready, command, args, options = {}) {
  const child = start(command, args, options);
  const { promise, resolve, reject } = Promise.withResolvers();
  const timer = setTimeout(() => reject(new Error(`${command} ${args[0]} was not ready in 60 s:\n${child.written()}`)), 60_000);
  child.onWrite = () => ready.test(child.written()) && resolve();
  child.once("error", reject);
  child.once("exit", code => reject(new Error(`${command} ${args[0]} ended with ${code}:\n${child.written()}`)));
  try {
    await promise;
  } finally {
    clearTimeout(timer);
  }

  return child;
}

/** Runs a program to its end. */
export async function run(command, args, options = {}) {
  const child = start(command, args, options);
  const timer = setTimeout(() => child.kill("SIGKILL"), options.timeout ?? 60_000);
  const [code] = await once(child, "close");
  clearTimeout(timer);
  return { code, output: child.written() };
}

export function start(command, args, options = {}) {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "pipe"], ...options });
  let text = "";
  const take = data => {
    text += data;
    child.onWrite?.();
  };
  child.stdout.on("data", take);
  child.stderr.on("data", take);
  child.written = () => text;
  child.once("spawn", () => running.add(child));
  child.once("exit", () => running.delete(child));
  return child;
}

/** Ends what is still running, politely first. */
export async function stopAll() {
  await Promise.all([...running].map(async child => {
    const timer = setTimeout(() => child.kill("SIGKILL"), 5_000);
    child.kill();
    await once(child, "exit");
    clearTimeout(timer);
  }));
}

// node run.mjs REPOSITORY [SUITE...]: real clients and the conformance suite against the server. Each scenario is one line.
import { resolve } from "node:path";
import { startSandbox } from "./lib/servers.mjs";
import { Report } from "./lib/report.mjs";
import { stopAll } from "./lib/process.mjs";

const suites = ["snippets", "publish", "conformance", "inspector", "skills", "sign-in", "issuers", "typescript", "types", "mcp-remote", "headline", "rotation", "instances", "forms", "views"];
const [repository, ...chosen] = process.argv.slice(2);
if (!repository || chosen.some(name => !suites.includes(name))) {
  console.error(`node run.mjs REPOSITORY [${suites.join("|")}]...`);
  process.exit(2);
}

// Nothing outlives the run, also when it is ended from outside.
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, () => stopAll().finally(() => process.exit(1)));
}

const report = new Report();
const began = Date.now();
try {
  const context = { repository: resolve(repository), report, sandbox: await startSandbox(resolve(repository)), connected: [] };
  for (const name of suites.filter(suite => chosen.length === 0 || chosen.includes(suite))) {
    console.log(`\n${name}`);
    const { run } = await import(`./suites/${name}.mjs`);
    await run(context);
  }
} catch (error) {
  report.fail("the run itself", error.stack);
} finally {
  await stopAll();
}

console.log(`\n${Math.round((Date.now() - began) / 1000)} s`);
process.exit(report.end() ? 0 : 1);

// The official suite, in both eras, with and without a token: our catalogue, and a catalogue made of the suite's own tools.
// What may fail stands in expected.json with its reason; what fails or passes against it is a failure of the run.
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { key, startApi } from "../fixture/api.mjs";
import { clientToken } from "../lib/issuer.mjs";
import { command } from "../lib/packages.mjs";
import { run as execute } from "../lib/process.mjs";
import { startProxy } from "../lib/proxy.mjs";
import { startServer } from "../lib/servers.mjs";
import { expectationsOf, unknownScenarios } from "./expectations.mjs";

const revisions = ["2025-11-25", "2026-07-28"];

// The suite runs the scenarios of extensions only by name.
const taskScenarios = [
  "tasks-lifecycle", "tasks-capability-negotiation", "tasks-wire-fields", "tasks-request-state-removal", "tasks-mrtr-input",
  "tasks-request-headers", "tasks-dispatch-and-envelope", "tasks-status-notifications", "tasks-required-task-error", "tasks-mrtr-composition",
];

const skillScenarios = ["sep-2640-skills-enumeration", "sep-2640-skills-manifest", "sep-2640-skills-directory"];

export async function run({ repository, report, sandbox }) {
  const folder = await mkdtemp(join(tmpdir(), "conformance-"));
  try {
    const ours = await withToken(sandbox.address, sandbox.issuer);
    const open = await startServer(repository, { issuer: sandbox.issuer, settings: { "Auth:AnonymousDiscovery": "true" } });
    const runs = { "ours": ours, "ours, no token": open };
    const fixture = await startFixture(repository, folder, sandbox.issuer);
    runs["suite's tools"] = await withToken(fixture.address, sandbox.issuer);
    const seen = new Set();
    for (const [name, { address }] of Object.entries(runs)) {
      for (const revision of revisions) {
        const scenarios = await results(folder, `${address}/mcp`, revision);
        [...scenarios.keys()].forEach(scenario => seen.add(scenario));
        judge(report, name, revision, scenarios);
      }
    }

    for (const scenario of skillScenarios) {
      const scenarios = await results(folder, `${runs.ours.address}/mcp`, revisions.at(-1), scenario);
      [...scenarios.keys()].forEach(name => seen.add(name));
      judge(report, "ours", revisions.at(-1), scenarios);
    }

    // Their tools are the suite's own.
    for (const scenario of taskScenarios) {
      const scenarios = await results(folder, `${runs["suite's tools"].address}/mcp`, revisions.at(-1), scenario);
      [...scenarios.keys()].forEach(name => seen.add(name));
      judge(report, "suite's tools", revisions.at(-1), scenarios);
    }

    unknownScenarios(seen).forEach(scenario => report.fail(scenario, "is in expected.json, and the suite has no such scenario"));
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function withToken(address, issuer) {
  return startProxy(address, { token: await clientToken(issuer, address) });
}

/** The server, built for a specification whose operations are the suite's tools. */
async function startFixture(repository, folder, issuer) {
  const { code, output } = await execute("dotnet", [
    "build", "src/NeonPanel.Mcp.Server", `-p:OpenApiSpec=${join(import.meta.dirname, "..", "fixture", "openapi.json")}`,
    "-p:PublishAot=false", "--artifacts-path", join(folder, "artifacts"), "-nodeReuse:false", "-p:UseSharedCompilation=false",
    // Analyzed in the build of the repository itself.
    "-p:RunAnalyzers=false", "-p:GenerateDocumentationFile=false",
  ], { cwd: repository, timeout: 300_000 });
  if (code !== 0) {
    throw new Error(`the server does not build for the fixture:\n${output}`);
  }

  const file = join(folder, "artifacts", "bin", "NeonPanel.Mcp.Server", "debug", "NeonPanel.Mcp.Server.dll");
  const settings = { "Upstream:Credential": "Static", "Upstream:Keys:suiteKey": key };
  return startServer(repository, { issuer, api: (await startApi()).address, file, settings });
}

/** What the suite says of a server: scenario → checks. Without the name of a scenario, it runs all of a revision. */
async function results(folder, url, revision, scenario) {
  const output = await mkdtemp(join(folder, "results-"));
  await execute(process.execPath, [command("@modelcontextprotocol/conformance", "conformance"),
    "server", "--url", url, ...scenario ? ["--scenario", scenario] : ["--suite", "all", "--spec-version", revision],
    "--output-dir", output], { timeout: 120_000 });
  const scenarios = new Map();
  for (const name of (await readdir(output)).sort()) {
    scenarios.set(name.replace(/^server-(.*)-\d{4}-\d\d-\d\dT.*$/, "$1"), JSON.parse(await readFile(join(output, name, "checks.json"))));
  }

  return scenarios;
}

function judge(report, name, revision, scenarios) {
  const expected = expectationsOf(name, revision);
  if (scenarios.size === 0) {
    report.fail(`${name}, ${revision}`, "the suite ran nothing");
  }

  for (const [scenario, checks] of scenarios) {
    const title = `${scenario} (${name}, ${revision})`;
    const wrong = new Map(checks.filter(check => ["FAILURE", "WARNING"].includes(check.status)).map(check => [check.id, check]));
    const reason = expected.reason(scenario);
    const listed = expected.checks(scenario);
    const surprises = [
      ...[...wrong.values()].filter(check => !listed.includes(check.id)).map(check => `${check.id}: ${check.errorMessage ?? check.description}`),
      ...listed.filter(id => !wrong.has(id)).map(id => `${id} is expected to fail and did not`),
    ];
    if (reason) {
      wrong.size > 0 ? report.skip(title, reason) : report.fail(title, "passes, though expected.json says that it cannot apply");
    } else if (surprises.length > 0) {
      report.fail(title, surprises.join("; "));
    } else if (checks.every(check => ["SKIPPED", "INFO"].includes(check.status))) {
      report.skip(title, "Skipped by the suite itself.");
    } else {
      report.pass(title);
    }
  }
}

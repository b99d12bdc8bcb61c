// Skills as hosts read them: the Inspector's verification (SEP-2640), prompts and their completions, and the plugin folder by the rules
// that its hosts document. Claude's own validator is a command of Claude Code, too large to fetch here, so that lib/plugin.mjs has its rules.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clientToken } from "../lib/issuer.mjs";
import { readJournal } from "../lib/journal.mjs";
import { command } from "../lib/packages.mjs";
import { faultsOfPlugin } from "../lib/plugin.mjs";
import { run as execute } from "../lib/process.mjs";
import { startProxy } from "../lib/proxy.mjs";
import { binary } from "../lib/servers.mjs";
import { sdks } from "../lib/typescript-sdk.mjs";

const conformant = 0, nonconformant = 7;
const all = ["close-a-month", "enter-bill-from-pdf", "explain-landed-cost", "find-what-runs-out", "list-what-we-owe"];
const reading = all.filter(name => name !== "enter-bill-from-pdf");

export async function run({ repository, report, sandbox }) {
  const folder = await mkdtemp(join(tmpdir(), "skills-"));
  const token = await clientToken(sandbox.issuer, sandbox.address);
  const journal = await readJournal(sandbox.issuer, sandbox.token);
  const beginning = (records, company, text) => {
    const { Id } = [...journal.company.values()].find(one => one.ShortName === company);
    const names = [...records.values()].filter(record => record.CompanyId === Id).map(record => record.Name);
    const found = names.filter(name => name.toLowerCase().startsWith(text)).sort();
    assert.ok(found.length > 0 || company !== "HPO", `the books have no name that begins with ${text}`);
    return found;
  };
  try {
    for (const era of ["legacy", "modern"]) {
      // Each file is a process of its own, so that one of them suffices in the older era.
      const read = era === "modern" ? all : all.slice(0, 1);
      for (const [path, names] of [["/mcp", all], ["/mcp/core", all], ["/mcp/read", reading]]) {
        await report.scenario(`Inspector: skills/list --verify --require-digests at ${path} (${era})`, async () => {
          const { code, lines } = await inspect(sandbox.address + path, era, "--method", "skills/list", "--verify", "--require-digests");
          assert.equal(code, conformant, JSON.stringify(lines).slice(0, 500));
          assert.deepEqual(lines.map(skill => [skill.name, skill.outcome, skill.files.length]), names.map(name => [name, "verified", 1]));
        });
      }

      await report.scenario(`Inspector: skills/list --verify finds a file that was changed on its way (${era})`, async () => {
        const changing = await startProxy(sandbox.address, { token, change: text => text.replaceAll("Trap", "Trop") });
        const { code } = await inspect(`${changing.address}/mcp`, era, "--method", "skills/list", "--verify");
        assert.equal(code, nonconformant);
      });

      await report.scenario(`Inspector: each skill is a resource with the bytes of its file (${era})`, async () => {
        const { result: { resources } } = await inspect(`${sandbox.address}/mcp`, era, "--method", "resources/list");
        const uris = resources.map(resource => resource.uri).filter(uri => uri.startsWith("skill://"));
        assert.deepEqual(uris, all.map(name => `skill://${name}/SKILL.md`));
        for (const name of read) {
          const { result: { contents } } = await inspect(`${sandbox.address}/mcp`, era, "--method", "resources/read", "--uri", `skill://${name}/SKILL.md`);
          const file = await readFile(join(repository, "spec", "skills", name, "SKILL.md"));
          assert.equal(digest(contents[0].text), digest(file));
        }
      });

      await report.scenario(`Inspector: each skill is a prompt, with what the user chose (${era})`, async () => {
        const { result: { prompts } } = await inspect(`${sandbox.address}/mcp`, era, "--method", "prompts/list");
        assert.deepEqual(prompts.map(prompt => prompt.name), all);
        for (const name of read) {
          const { result } = await inspect(`${sandbox.address}/mcp`, era, "--method", "prompts/get", "--prompt-name", name, "--prompt-args", "company=HPO");
          const text = result.messages[0].content.text;
          const file = await readFile(join(repository, "spec", "skills", name, "SKILL.md"), "utf8");
          assert.equal(text, file.slice(file.indexOf("\n---\n") + 5).trimStart() + "\nThe user has chosen\n\n- Company: HPO\n");
        }
      });
    }

    for (const [title, sdk] of Object.entries(sdks)) {
      for (const [transport, path] of [["http", "/mcp"], ...sdk.sse ? [["sse", "/sse"]] : []]) {
        await report.scenario(`${title}: completions of the chosen company, ${path}`, async () => {
          const client = sdk.client();
          await client.connect(new sdk[transport](new URL(sandbox.address + path), {
            requestInit: { headers: { Authorization: `Bearer ${token}` } },
            // The older transport of the first generation has no other way to send a header with the request that opens the stream.
            eventSourceInit: { fetch: (url, init) => fetch(url, { ...init, headers: { ...init?.headers, Authorization: `Bearer ${token}` } }) },
          }));
          assert.ok(client.getServerCapabilities().completions);
          const vendors = await complete(client, "find-what-runs-out", "vendor", "great", { company: "HPO" });
          assert.deepEqual(vendors.values, beginning(journal.vendor, "HPO", "great"));
          const items = await complete(client, "explain-landed-cost", "item", "HP-LANT", { company: "HPO" });
          assert.ok(items.values.includes("HP-LANT-01"), items.values.join());
          for (const company of ["HPO", "NLK"]) {
            const places = await complete(client, "explain-landed-cost", "warehouse", "re", { company });
            assert.deepEqual(places.values.filter(name => /^re/i.test(name)), beginning(journal.warehouse, company, "re"));
          }

          await assert.rejects(() => complete(client, "no-such-prompt", "company", ""), error => error.code === -32602);
          await assert.rejects(() => complete(client, "close-a-month", "vendor", ""), error => error.code === -32602);
          await client.close();
        });
      }
    }

    await plugin(folder, repository, report);
  } finally {
    await rm(folder, { recursive: true });
  }

  async function inspect(url, era, ...args) {
    const { code, output } = await execute(process.execPath, [command("@modelcontextprotocol/inspector", "inspector"), "--cli",
      "--server-url", url, "--transport", "http", "--protocol-era", era, "--format", "json", "--quiet", "--stored-auth-only",
      "--header", `Authorization: Bearer ${token}`, ...args],
    { env: { ...process.env, HOME: folder } });
    const lines = output.split("\n").filter(text => text.startsWith("{")).map(text => JSON.parse(text));
    assert.ok(lines.length > 0, output.slice(-2000));
    return { code, lines, result: lines[0].result };
  }
}

async function plugin(folder, repository, report) {
  const target = join(folder, "plugin");
  const spec = join(repository, "spec");
  await report.scenario("plugin: the folder that 'skills --out' writes follows the rules of its hosts", async () => {
    const { code, output } = await execute("dotnet", [binary(repository, "NeonPanel.Mcp.Generator"), "skills", "--spec", join(spec, "neonpanel.openapi.json"),
      "--overlay", join(spec, "neonpanel.overlay.json"), "--lock", join(spec, "neonpanel.tools.lock.json"), "--skills", join(spec, "skills"),
      "--out", target, "--server", "https://mcp.example.com/mcp"]);
    assert.equal(code, 0, output);
    assert.deepEqual(await faultsOfPlugin(target), []);
  });
  for (const name of all) {
    await report.scenario(`plugin: skills-ref validates ${name}`, async () => {
      const { code, output } = await execute(process.execPath, [command("skills-ref", "skills-ref"), "validate", join(target, "skills", name)]);
      assert.equal(code, 0, output);
    });
  }

  // The judges find faults.
  const wrongs = {
    "a name that is no slug": ["plugin.json", text => text.replace(/"name": "[^"]*"/, '"name": "Neon Panel"'), /name/],
    "a version that is none": ["plugin.json", text => text.replace(/"version": "[^"]*"/, '"version": "beta"'), /version/],
    "a member that hosts do not know": ["plugin.json", text => text.replace("{", '{ "tools": [],'), /tools/],
    "a skill with the name of another folder": ["SKILL.md", text => text.replace("name: close-a-month", "name: other"), /other/],
    "a skill without a description": ["SKILL.md", text => text.replace(/^description: .*\n/m, ""), /description/],
    "a server without an address": [".mcp.json", text => text.replace(/"url": "[^"]*"/, '"url": "mcp"'), /url/],
  };
  const files = { "plugin.json": ".claude-plugin/plugin.json", "SKILL.md": "skills/close-a-month/SKILL.md", ".mcp.json": ".mcp.json" };
  for (const [title, [file, change, expected]] of Object.entries(wrongs)) {
    await report.scenario(`plugin: ${title} is found`, async () => {
      const copy = join(folder, title.replaceAll(" ", "-"));
      await cp(target, copy, { recursive: true });
      const text = await readFile(join(copy, files[file]), "utf8");
      assert.notEqual(change(text), text);
      await writeFile(join(copy, files[file]), change(text));
      assert.match((await faultsOfPlugin(copy)).join("\n"), expected);
    });
  }
}

const complete = async (client, name, argument, value, values) => (await client.complete({
  ref: { type: "ref/prompt", name },
  argument: { name: argument, value },
  ...values && { context: { arguments: values } },
})).completion;

const digest = content => createHash("sha256").update(content).digest("hex");

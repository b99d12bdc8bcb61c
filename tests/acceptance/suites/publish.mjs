// The files of `publish`: valid by the schemas in spec/schemas, the same as what the server serves, and usable by a client.
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AjvJsonSchemaValidator } from "@modelcontextprotocol/sdk/validation/ajv";
import { run as runProgram } from "../lib/process.mjs";
import { binary } from "../lib/servers.mjs";
import { SignedInClient, sdks } from "../lib/typescript-sdk.mjs";
import { check, formats, inOrderOf, readBlocks } from "./snippets.mjs";

const address = "https://mcp.example.com";
const ours = ["--spec", "spec/neonpanel.openapi.json", "--overlay", "spec/neonpanel.overlay.json", "--lock", "spec/neonpanel.tools.lock.json"];
const another = ["--spec", "tests/examples/stranger.json"];

// Each change makes a file that the registry or a client would refuse.
const faults = [
  ["server.json", "no name", file => delete file.name],
  ["server.json", "a name without a slash", file => { file.name = "orders"; }],
  ["server.json", "a name that ends with a dot", file => { file.name = "com.example/orders."; }],
  ["server.json", "a description of 101 characters", file => { file.description = "a".repeat(101); }],
  ["server.json", "a title of blanks", file => { file.title = "  "; }],
  ["server.json", "a range of versions", file => { file.version = "^1.2.3"; }],
  ["server.json", "a wildcard", file => { file.version = "1.x"; }],
  ["server.json", "the version latest", file => { file.version = "latest"; }],
  ["server.json", "no address", file => { file.remotes = []; }],
  ["server.json", "an address over http", file => { file.remotes[0].url = "http://mcp.example.com/mcp"; }],
  ["server.json", "an unknown transport", file => { file.remotes[0].type = "http"; }],
  ["server.json", "an icon over http", file => { file.icons[0].src = "http://mcp.example.com/icon.svg"; }],
  ["server.json", "an icon without a size", file => { file.icons[0].sizes = ["big"]; }],
  ["server.json", "a website over http", file => { file.websiteUrl = "http://example.com"; }],
  ["server.json", "the schema of another year", file => { file.$schema = file.$schema.replace("2025-12-11", "2025-07-09"); }],
  ["server-card.json", "no version", file => delete file.version],
  ["server-card.json", "a list of tools", file => { file.tools = []; }],
  ["server-card.json", "packages", file => { file.packages = []; }],
  ["server-card.json", "a revision that is no date", file => { file.remotes[0].supportedProtocolVersions = ["2"]; }],
  ["server-card.json", "the schema of the registry", file => { file.$schema = "https://static.modelcontextprotocol.io/schemas/2025-12-11/server.schema.json"; }],
];

export async function run({ repository, report, sandbox }) {
  const folder = await mkdtemp(join(tmpdir(), "publish-"));
  const publish = async (name, options, expected = 0) => {
    const out = join(folder, name);
    const { code, output } = await runProgram(
      "dotnet", [binary(repository, "NeonPanel.Mcp.Generator"), "publish", "--for", "registry", "--out", out, ...options], { cwd: repository });
    assert.equal(code, expected, output);
    return file => readFile(join(out, file), "utf8");
  };
  const validators = {};
  for (const [file, schema] of [["server.json", "server-json"], ["server-card.json", "server-card"], ["publish.json", "publish"]]) {
    validators[file] = new AjvJsonSchemaValidator().getValidator(JSON.parse(await readFile(join(repository, "spec", "schemas", `${schema}.schema.json`), "utf8")));
  }

  try {
    const files = {
      NeonPanel: await publish("ours", [...ours, "--address", address, "--release", "1.2.3"]),
      "another API": await publish("another", [...another, "--address", address, "--release", "1.2.3"]),
    };
    for (const [name, read] of Object.entries(files)) {
      for (const file of ["server.json", "server-card.json"]) {
        await report.scenario(`${file} of ${name} is valid`, async () => {
          const { valid, errorMessage } = validators[file](JSON.parse(await read(file)));
          assert.ok(valid, errorMessage);
        });
      }
    }

    for (const [file, fault, change] of faults) {
      await report.scenario(`${file} with ${fault} is refused`, async () => {
        const wrong = JSON.parse(await files.NeonPanel(file));
        change(wrong);
        assert.equal(validators[file](wrong).valid, false);
      });
    }

    await report.scenario("the publish file of the repository fits its schema, and one with another member does not", async () => {
      const file = JSON.parse(await readFile(join(repository, "spec", "neonpanel.publish.json"), "utf8"));
      assert.ok(validators["publish.json"](file).valid);
      assert.equal(validators["publish.json"]({ ...file, adress: address }).valid, false);
    });

    const blocks = readBlocks(await files.NeonPanel("clients.md"));
    await report.scenario("clients.md has a configuration for each client that reads one", async () => {
      const headings = blocks.map(block => block.heading);
      assert.deepEqual(headings, [...new Set(inOrderOf(blocks, formats).map(format => format.heading))]);
    });
    for (const block of blocks) {
      await report.scenario(`clients.md, ${block.heading}`, async () => {
        check(block.parse(), formats.find(format => format.heading === block.heading));
      });
    }

    await checkServed({ publish, report, sandbox });
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function checkServed({ publish, report, sandbox }) {
  const served = async path => (await fetch(sandbox.address + path)).json();
  const card = await served("/mcp/server-card");
  const options = [...ours, "--address", sandbox.address, "--release", card.version.split("+")[0]];
  // The registry refuses a server on this machine (exit code 1), so its file is not written; the others are.
  await report.scenario("the card that publish writes is the one that the server serves", async () => {
    const read = await publish("served", options, 1);
    assert.deepEqual(JSON.parse(await read("server-card.json")), card);
    const [entry] = JSON.parse(await read(".well-known/ai-catalog.json")).entries;
    assert.deepEqual(entry, (await served("/.well-known/ai-catalog.json")).entries[0]);
  });
  await report.scenario("the links of clients.md are those of the server's page, and lead a client to its tools", async () => {
    const page = (await (await fetch(sandbox.address, { headers: { accept: "text/html" } })).text()).replaceAll("&amp;", "&");
    const read = await publish("links", options, 1);
    const links = [...(await read("clients.md")).matchAll(/^<((?:vscode|cursor):.*)>$/gm)].map(match => match[1]);
    assert.equal(links.length, 2);
    links.forEach(link => assert.ok(page.includes(link), link));
    const { url } = JSON.parse(decodeURIComponent(links.find(link => link.startsWith("vscode:")).split("?")[1]));
    const client = new SignedInClient(sdks["sdk 1.32.2"], "http", url);
    await client.connect();
    assert.equal((await client.list()).length, (await served("/tools.json")).tools.length);
    await client.close();
  });
}

// The configuration snippets of docs/connect.md: each parses as its client parses it, with the keys that the client knows.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse as parseJsonWithComments } from "jsonc-parser";
import { parse as parseToml } from "smol-toml";
import { parse as parseYaml } from "yaml";

const origin = "https://mcp.example.com";
export const { formats } = JSON.parse(await readFile(new URL("../clients/configurations.json", import.meta.url)));
const parsers = { json: JSON.parse, jsonc, toml: parseToml, yaml: parseYaml };

export async function run({ repository, report }) {
  const page = await readFile(join(repository, "docs", "connect.md"), "utf8");
  const blocks = readBlocks(page);
  await report.scenario("every snippet of docs/connect.md has a known format, and every format a snippet", async () => {
    const name = ({ heading, language }) => `${heading} (${language})`;
    assert.deepEqual(blocks.map(name), inOrderOf(blocks, formats).map(name));
  });
  const remaining = [...formats];
  for (const block of blocks) {
    const format = remaining.splice(remaining.findIndex(each => each.heading === block.heading), 1)[0];
    await report.scenario(`snippet for ${block.heading}, ${format?.servers} with ${Object.keys(format?.entry ?? {})}`, async () => {
      check(block.parse(), format);
    });
  }

  await report.scenario("the links and commands of docs/connect.md name the server's addresses", async () => checkCommands(page));
}

/** The fenced blocks of a page, each with its heading. */
export function readBlocks(page) {
  return [...page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(match => ({
    heading: [...page.slice(0, match.index).matchAll(/^## (.*)$/gm)].at(-1)[1],
    language: match[1],
    text: match[2],
    parse: () => parsers[match[1]](match[2]),
  }));
}

export function inOrderOf(blocks, all) {
  const places = blocks.map(block => block.heading);
  return [...all].sort((one, other) => places.indexOf(one.heading) - places.indexOf(other.heading));
}

export function check(document, { servers, entry }) {
  assert.deepEqual(Object.keys(document), [servers]);
  assert.deepEqual(Object.keys(document[servers]), ["neonpanel"]);
  const server = document[servers].neonpanel;
  assert.deepEqual(Object.keys(server).sort(), Object.keys(entry).sort());
  for (const [key, rule] of Object.entries(entry)) {
    assert.deepEqual(server[key], expected(rule), key);
  }
}

function expected({ address, remote, const: value }) {
  if (address) {
    return origin + address;
  }

  return remote ? ["-y", "mcp-remote", origin + remote] : value;
}

function jsonc(text) {
  const errors = [];
  const value = parseJsonWithComments(text, errors, { allowTrailingComma: false });
  assert.deepEqual(errors, []);
  return value;
}

function checkCommands(page) {
  const commands = [...page.matchAll(/^ {4}((?:claude|codex|copilot|gemini) mcp add .*|npx .*)$/gm)].map(match => match[1]);
  assert.equal(commands.length, 5);
  commands.forEach(command => assert.match(command, /https:\/\/mcp\.example\.com\/mcp( |$)/, command));
  const code = page.match(/code --add-mcp '(.*?)'/)[1];
  assert.deepEqual(JSON.parse(code), { name: "neonpanel", type: "http", url: `${origin}/mcp` });
  const addresses = [...page.matchAll(/https:\/\/mcp\.example\.com[^\s`"'|)]*/g)].map(match => match[0]);
  const known = [origin, `${origin}/mcp`, `${origin}/mcp/core`, `${origin}/.well-known/oauth-protected-resource/mcp`];
  assert.deepEqual(addresses.filter(address => !known.includes(address.replace(/[.,;*]+$/, ""))), []);
}

// The rules that hosts document for a plugin folder: Claude's plugin reference (code.claude.com/docs/en/plugins-reference and the
// manifest reference of anthropics/claude-code, plugins/plugin-dev/skills/plugin-structure), and the Agent Skills format
// (agentskills.io/specification), both read on 2026-11-30.
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";

const members = ["$schema", "name", "displayName", "version", "description", "author", "homepage", "repository", "license", "keywords",
  "commands", "agents", "skills", "hooks", "mcpServers", "lspServers", "outputStyles"];
const skillMembers = ["name", "description", "license", "compatibility", "metadata", "allowed-tools"];
const folders = [".claude-plugin", "skills", "commands", "agents", "hooks"];
const files = [".mcp.json", ".lsp.json", "README.md", "LICENSE"];

/** Returns one sentence for each rule that a plugin folder breaks. */
export async function faultsOfPlugin(folder) {
  const faults = [];
  const check = (holds, sentence) => holds || faults.push(sentence);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    check((entry.isDirectory() ? folders : files).includes(entry.name), `'${entry.name}' is no part of a plugin`);
  }

  check((await readdir(join(folder, ".claude-plugin"))).join() === "plugin.json", ".claude-plugin holds the manifest alone");
  const manifest = JSON.parse(await readFile(join(folder, ".claude-plugin", "plugin.json"), "utf8"));
  check(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(manifest.name), `name '${manifest.name}' is not in kebab case`);
  check(/^\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?$/.test(manifest.version), `version '${manifest.version}' is no semantic version`);
  check(typeof manifest.description === "string" && manifest.description.length > 0, "description is missing");
  Object.keys(manifest).filter(member => !members.includes(member)).forEach(member => faults.push(`the manifest has the unknown member '${member}'`));
  for (const name of await readdir(join(folder, "skills"))) {
    faults.push(...faultsOfSkill(name, await readdir(join(folder, "skills", name)), await readFile(join(folder, "skills", name, "SKILL.md"), "utf8")));
  }

  const servers = JSON.parse(await readFile(join(folder, ".mcp.json"), "utf8")).mcpServers ?? {};
  check(Object.keys(servers).length > 0, ".mcp.json has no mcpServers");
  for (const [name, server] of Object.entries(servers)) {
    check(server.type === "http", `server ${name} has the type '${server.type}'`);
    check(URL.canParse(server.url) && new URL(server.url).protocol === "https:", `server ${name} has the url '${server.url}'`);
  }

  return faults;
}

function faultsOfSkill(folder, entries, text) {
  const faults = [];
  const check = (holds, sentence) => holds || faults.push(`${folder}: ${sentence}`);
  check(entries.includes("SKILL.md"), "SKILL.md is missing");
  const [, head, body] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(text) ?? [];
  const skill = head ? parse(head) : {};
  check(skill.name === folder && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(skill.name) && skill.name.length <= 64, `the name is '${skill.name}'`);
  check(typeof skill.description === "string" && skill.description.length > 0 && skill.description.length <= 1024, "the description is not a text of 1 to 1,024 characters");
  Object.keys(skill).filter(member => !skillMembers.includes(member)).forEach(member => faults.push(`${folder}: unknown member '${member}'`));
  check(Object.values(skill.metadata ?? {}).every(value => typeof value === "string"), "metadata has values other than texts");
  check(body?.trim().length > 0 && body.split("\n").length <= 500, "the body is empty or longer than 500 lines");
  return faults;
}

// TypeScript made from the output schemas, and clients that check answers against them.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { AjvJsonSchemaValidator } from "@modelcontextprotocol/sdk/validation/ajv";
import { compile } from "json-schema-to-typescript";
import { startSurprisingApi, surprising } from "../fixture/surprising-api.mjs";
import { cents, readJournal } from "../lib/journal.mjs";
import { command } from "../lib/packages.mjs";
import { run as runProgram } from "../lib/process.mjs";
import { startServer } from "../lib/servers.mjs";
import { SignedInClient, sdks } from "../lib/typescript-sdk.mjs";

const bills = { companyUuid: "7c1e4b52-93af-4d06-8b1a-5e20c7d94f31" };

// What a person writes: no cast, and no question whether the amount is a number.
const script = `
import type { BillsList } from "./bills_list.js";

export function total(pages: BillsList[]): number {
  let cents = 0;
  for (const page of pages) {
    for (const bill of page.data ?? []) {
      cents += Math.round((bill.amount ?? 0) * 100);
      // @ts-expect-error the type is known
      const text: string | undefined = bill.amount;
    }
  }

  return cents;
}
`;

export async function run({ repository, report, sandbox }) {
  const client = new SignedInClient(sdks["sdk 1.32.2"], "http", `${sandbox.address}/mcp`);
  await client.connect();
  const tools = await client.list();
  const folder = await mkdtemp(join(tmpdir(), "types-"));
  try {
    await report.scenario("TypeScript of all output schemas compiles, and sums the bills of the books", async () => {
      for (const tool of tools.filter(tool => tool.outputSchema)) {
        const name = tool.name[0].toUpperCase() + tool.name.slice(1).replace(/_(.)/g, (_, letter) => letter.toUpperCase());
        await writeFile(join(folder, `${tool.name}.ts`), await compile(tool.outputSchema, name, { format: false }));
      }

      await writeFile(join(folder, "total.ts"), script);
      await writeFile(join(folder, "package.json"), '{"type":"module"}');
      await writeFile(join(folder, "tsconfig.json"), JSON.stringify({
        compilerOptions: { strict: true, module: "nodenext", target: "es2022", types: [] },
        include: ["*.ts"],
      }));
      const { code, output } = await runProgram(process.execPath, [command("typescript", "tsc"), "-p", folder]);
      assert.equal(code, 0, output);
      const pages = [];
      do {
        pages.push((await client.call("bills_list", { ...bills, fields: "data.amount", per_page: 60, page: pages.length + 1 })).structuredContent);
      } while (pages.length < pages[0].last_page);

      const { total } = await import(pathToFileURL(join(folder, "total.js")));
      const journal = await readJournal(sandbox.issuer, sandbox.token);
      const company = [...journal.company.values()].find(row => row.ShortName === "HPO");
      const lines = [...journal.bill.values()].filter(bill => bill.CompanyId === company.Id).flatMap(bill => bill.Lines);
      assert.ok(lines.length > 100);
      assert.equal(total(pages), lines.reduce((sum, line) => sum + cents(line.Quantity * line.Rate), 0));
    });
  } finally {
    await client.close();
    await rm(folder, { recursive: true });
  }

  const schema = tools.find(tool => tool.name === "bills_list").outputSchema;
  await report.scenario("an answer of other kinds does not fit the output schema", async () => {
    assert.equal(new AjvJsonSchemaValidator().getValidator(schema)(surprising).valid, false);
  });

  const api = await startSurprisingApi();
  const server = await startServer(repository, { issuer: sandbox.issuer, api: api.address });
  for (const [name, sdk] of Object.entries(sdks)) {
    await report.scenario(`${name} takes that answer from the server, and nothing is lost`, async () => {
      const strict = new SignedInClient(sdk, "http", `${server.address}/mcp`);
      await strict.connect();
      // The list gives the client the schemas that it checks answers with.
      await strict.list();
      const { content, structuredContent } = await strict.call("bills_list", { ...bills, fields: "*" });
      await strict.close();
      const [first, second] = structuredContent.data;
      assert.deepEqual([first._amount, first.amount, second.amount, structuredContent._last_page], ["10.50", undefined, 7, "1"]);
      assert.match(structuredContent.notice, /data\[0\]\.amount is "10\.50", not a number; and 3 more/);
      assert.deepEqual(JSON.parse(content[0].text), surprising);
    });
  }
}

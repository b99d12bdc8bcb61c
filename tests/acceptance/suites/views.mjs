// Views in a host that speaks the standard's bridge, in a real browser: what a person sees, and what the host is asked for.
import assert from "node:assert/strict";
import { join } from "node:path";
import axe from "axe-core";
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { hostile, startViewsApi } from "../fixture/views-api.mjs";
import { clientToken } from "../lib/issuer.mjs";
import { startServer } from "../lib/servers.mjs";
import { hasBrowser, ViewBrowser } from "../lib/view-host.mjs";

const revenue = { start_date: "2026-01-01", periodicity: "monthly" };
const landed = { companyUuid: "7c1e4b52-93af-4d06-8b1a-5e20c7d94f31", inventoryId: 1, warehouse_uuid: "2f6d1c80-5b7e-4a39-9c24-7d1e0b8a6f53", start_date: "2026-01-01" };

// A host announces that it shows views; the default of Mcp:Views offers them to no other client.
const announced = { capabilities: { extensions: { "io.modelcontextprotocol/ui": { mimeTypes: ["text/html;profile=mcp-app"] } } } };

async function connect(address, token, options) {
  const client = new Client({ name: "acceptance", version: "1.0.0" }, options);
  await client.connect(new StreamableHTTPClientTransport(new URL(`${address}/mcp`), { requestInit: { headers: { Authorization: `Bearer ${token}` } } }));
  return client;
}

// The answer of a tool as its text block, whose digits stay as they are written.
const answer = (text, structuredContent = JSON.parse(text)) => ({ content: [{ type: "text", text }], structuredContent });
const cells = async (view, selector) => Promise.all((await view.frame.locator(`${selector} tr`).all()).map(row => row.locator("th, td").allInnerTexts()));

// What is hard to add and to show: long, negative and unknown numbers, markup, several currencies, members that nobody expects.
const stock = rows => answer(`{"complete":false,"missing":["Costs of <b>SKU-1</b>: 403."],"notice":"Cut.","other":{"a":[1]},"totals":[{"currency":"USD","quantity":1.50,"rows":2}],
  "stock":{"more":true,"columns":["id","sku","name","warehouse","quantity"],"rows":[${rows}]}}`);
const hardStock = [
  `[1,"SKU-1","Pan","Main",9007199254740993]`, `[1,"SKU-1","Pan","East",-5]`, `[2,"SKU-2",${JSON.stringify(hostile[0])},"Main",1]`,
  `[2,"SKU-2",${JSON.stringify(hostile[0])},"Main","0.50"]`, `[3,null,"No sku",${JSON.stringify(hostile[1])},12]`, `[4,"SKU-4","x",null,3]`, `[5,"SKU-5","y","Main",null]`, "7", "{}",
];

const now = new Date("2026-11-30T12:00:00Z");
const due = (amount, date, currency, paid = null) => ({ amount_due: amount, paid_amount: paid, due_date: date, currency, description: "x", document: { ref_number: "R" } });
// Amounts are written as text, and turned into numbers of JSON.
const list = (rows, more = "") => answer(`{"filters":{},${more}"data":${JSON.stringify(rows).replace(/"#([^"]*)"/g, "$1")}}`);
const hardWeeks = [
  due("#100.10", "2026-11-01", "USD"), due("#0.20", "2026-11-29", "USD"), due("#1250.50", "2026-12-01", "USD", "#250.25"), due("#98765432109876543.21", "2026-11-30", "EUR"),
  due("#0.01", "2026-12-06", "EUR"), due("#-40.05", "2026-12-10", "USD"), due("12.345", "2026-12-07T10:00:00Z", "USD"), due("#500", "2027-01-01", "USD"),
  due("#77", "2026-12-01", "USD", "#77.00"), due("#10", "2026-12-01", "USD", "#12"), due("#5", null, null), due("#1e2", "2026-12-31", hostile[0]),
  due("abc", "2026-12-01", "USD"), due(null, "2026-12-01", "USD"), due("#3", "2026-02-30", "USD"), due("#-0.30", "2026-11-29", "USD"),
];

const company = { companyUuid: landed.companyUuid };

export async function run({ repository, report, sandbox }) {
  if (!hasBrowser()) {
    report.skip("all of them", "there is no Chromium; CHROMIUM names where it is");
    return;
  }

  const api = await startViewsApi();
  const server = await startServer(repository, { issuer: sandbox.issuer, api: api.address });
  const token = await clientToken(sandbox.issuer, server.address);
  const browser = await ViewBrowser.start();
  const client = await connect(server.address, token, announced);
  const books = await connect(sandbox.address, await clientToken(sandbox.issuer, sandbox.address), announced);
  let owner;
  const others = await connect(server.address, token);
  try {
    owner = { companyUuid: (await books.callTool({ name: "listCompanies", arguments: {} })).structuredContent.data[0].uuid };
    await offer();
    await table();
    await pages();
    await chart();
    await matrix();
    await weeks();
    await looks();
    await chatGpt();
  } finally {
    await Promise.all([client, books, others].map(one => one.close()));
    await browser.close();
    api.close();
  }

  // Nothing but the host's page was asked for, and nothing of the view was refused or failed.
  async function shown(name, tool, args, { of = client, ...options }, check) {
    await report.scenario(name, async () => {
      const view = await browser.show(of, tool, args, options);
      try {
        await check(view);
        assert.deepEqual(view.errors, []);
        assert.equal(view.requests.filter(url => !url.startsWith("about:")).length, 1, view.requests.join(" "));
      } finally {
        await view.close();
      }
    });
  }

  async function offer() {
    const namesViews = async one => (await one.listTools()).tools.some(({ _meta }) => _meta?.ui);
    await report.scenario("a client that announces MCP Apps sees views, and another sees nothing of them", async () => {
      assert.ok(await namesViews(client));
      assert.equal(await namesViews(others), false);
      // Skills are resources too, and every client may read them.
      const { resources } = await others.listResources();
      assert.deepEqual(resources.filter(resource => resource.uri.startsWith("ui://")), []);
    });
  }

  async function table() {
    await shown("a table has the columns that were declared, but for what is empty", "listCompanies", {}, {}, async view => {
      assert.deepEqual(await view.text("thead th"), ["Name", "Short name", "Currency"]);
      assert.equal(await view.frame.locator("tbody tr").count(), 10);
      assert.equal(await view.evaluate(() => document.title), "List the user's companies");
      assert.ok(view.heights.at(-1) > 300, `height ${view.heights.at(-1)}`);
    });
    await shown("markup in an answer is text", "listCompanies", {}, {}, async view => {
      const names = await view.frame.locator("tbody th").allTextContents();
      assert.deepEqual(names.slice(4), hostile.map(name => name.replace("\u202e", "[U+202E]") || "–"));
      assert.equal(await view.frame.locator("main img, main script, main a").count(), 0);
      assert.notEqual(await view.evaluate(() => document.title), "broken");
    });
    await shown("numbers keep their digits", "listCompanies", {}, {}, async view => {
      assert.deepEqual((await view.text("tbody td:nth-child(2)")).slice(0, 4), ["9007199254740993", "9007199254740992", "12345678901234567890.10", "3.50"]);
    });
    const parsed = { structuredContent: { data: [{ name: "a", short_name: 9007199254740993 }, { name: "b", short_name: 0.1 }] } };
    await shown("a long number that the host has parsed is marked", "listCompanies", {}, { result: { content: [{ type: "text", text: "Two." }], ...parsed } }, async view => {
      assert.deepEqual(await view.text("tbody td:nth-child(2)"), ["≈ 9007199254740992", "0.1"]);
    });
    await shown("headings sort, by keyboard too, with all digits, what is empty last", "listCompanies", {}, {}, async view => {
      await view.press("Short name");
      assert.equal(await view.frame.locator("th[aria-sort]").getAttribute("aria-sort"), "ascending");
      assert.deepEqual((await view.text("tbody td:nth-child(2)")).slice(-3), ["9007199254740992", "9007199254740993", "12345678901234567890.10"]);
      assert.equal(await view.evaluate(() => document.activeElement.textContent), "Short name");
      await view.keyboard("Enter");
      assert.equal(await view.frame.locator("th[aria-sort]").getAttribute("aria-sort"), "descending");
      assert.deepEqual((await view.text("tbody td:nth-child(2)")).slice(0, 3), ["12345678901234567890.10", "9007199254740993", "9007199254740992"]);
      await view.press("Name");
      assert.equal((await view.text("tbody th")).at(-1), "–");
      await view.press("Name");
      assert.equal((await view.text("tbody th")).at(-1), "–");
      assert.equal(await view.frame.getByRole("status").textContent(), "Sorted by Name, descending.");
    });
    await shown("a failure is a sentence", "listCompanies", {}, { result: { isError: true, content: [{ type: "text", text: "<b>No.</b>" }] } }, async view => {
      assert.deepEqual(await view.text("[role=alert]"), ["<b>No.</b>"]);
    });
    await shown("a cancelled call says so", "listCompanies", {}, {}, async view => {
      await view.bridge.sendToolCancelled({ reason: "stopped" });
      await view.frame.getByText("The call was cancelled: stopped").waitFor();
    });
  }

  async function pages() {
    await shown("the next page is asked for through the host", "listCompanies", { per_page: 10 }, {}, async view => {
      assert.ok(await view.frame.getByRole("button", { name: "Previous" }).isDisabled());
      await view.press("Next");
      await view.frame.getByText("Page 2 of 3", { exact: true }).waitFor();
      assert.deepEqual(view.calls, [{ name: "listCompanies", arguments: { per_page: 10, page: 2 } }]);
      assert.match(api.asked.at(-1), /[?&]page=2/);
      assert.equal((await view.text("tbody th"))[0], "Company 2-0");
      assert.equal(await view.evaluate(() => document.activeElement.textContent), "Next");
    });
    await shown("a page that fails leaves the page there is, and a sentence", "listCompanies", { page: 2 }, {}, async view => {
      await view.press("Next");
      assert.match(await view.frame.getByRole("alert").textContent(), /^Page 3 could not be had: .*NeonPanel answered 500/);
      assert.equal(await view.frame.locator("tbody tr").count(), 10);
    });
    await shown("where the host lets views call nothing there are no buttons", "listCompanies", {}, { capabilities: {} }, async view => {
      assert.equal(await view.frame.locator("nav button").count(), 0);
      assert.deepEqual(await view.text("nav"), ["Page 1 of 3"]);
    });
  }

  async function chart() {
    await shown("a chart has a panel for each currency and its series", "getRevenueAndCogs", revenue, {}, async view => {
      assert.deepEqual(await view.text("h2"), ["USD", "EUR"]);
      assert.deepEqual(await view.text(".legend li"), ["Revenue amount", "Cogs amount"]);
      // Two rows of two series each; one amount is null.
      assert.deepEqual(await Promise.all([0, 1].map(index => view.frame.locator("figure > svg").nth(index).locator("rect").count())), [4, 3]);
      const figures = await view.frame.locator("figure > svg text[text-anchor]").allTextContents();
      assert.deepEqual(figures, ["1250.50", "830.10", "-120.00", "15.25", "98765432109876543.21", "4100", "–", "3900"]);
      assert.match(await view.text("figure").then(([text]) => text), /neither added nor compared/);
      const [positive, , negative] = await view.frame.locator("figure > svg").first().locator("rect").all();
      const zero = Number(await view.frame.locator("figure > svg line").first().getAttribute("x1"));
      assert.ok(zero > 0 && Number(await positive.getAttribute("x")) === zero && Number(await negative.getAttribute("x")) < zero);
    });
    await shown("a chart tells its name and has its figures as a table", "getRevenueAndCogs", revenue, {}, async view => {
      assert.equal(await view.frame.getByRole("img", { name: "Sum up revenue and cost of goods sold, USD" }).count(), 1);
      await view.frame.getByText("The figures as a table").click();
      assert.equal(await view.frame.locator("details tbody tr").count(), 4);
      assert.equal(await view.frame.locator("main img, main script").count(), 0);
    });
    await shown("landed cost has one series, by batch", "getInventoryLandedCost", landed, {}, async view => {
      assert.deepEqual(await view.text(".legend li"), ["Amount"]);
      const labels = await view.frame.locator("figure > svg text:not([text-anchor])").allTextContents();
      assert.deepEqual(labels.map(label => label.slice(-16)), ["B-1 · 2026-01-03", "B-2 · 2026-02-03"]);
    });
  }

  async function matrix() {
    await shown("stock is summed by item and warehouse with all digits, and markup is text", "getStock", company, { result: stock(hardStock) }, async view => {
      assert.deepEqual(await view.text("figure > .scroll thead th"), ["Sku", "Name", "Main", hostile[1], "East", "Total"]);
      assert.deepEqual(await cells(view, "figure > .scroll tbody"), [
        ["SKU-1", "Pan", "9007199254740993", "–", "-5", "9007199254740988"],
        ["SKU-2", hostile[0], "1.50", "–", "–", "1.50"],
        ["–", "No sku", "–", "12", "–", "12"],
      ]);
      assert.deepEqual(await cells(view, "figure > .scroll tfoot"), [["Total", "", "9007199254740994.50", "12", "-5", "9007199254741001.50"]]);
      assert.equal(await view.frame.locator("figure > svg rect").count(), 3);
      const notes = await view.text("p.quiet");
      assert.ok(notes.includes("2 of 7 rows have no warehouse or quantity; the sums leave them out."), notes.join("|"));
      assert.ok(notes.includes("Costs of <b>SKU-1</b>: 403."), notes.join("|"));
      assert.equal(await view.frame.locator("main img, main script, main b").count(), 0);
    });
    await shown("headings of sums sort by keyboard, and the totals stay last", "getStock", company, { result: stock(hardStock) }, async view => {
      await view.frame.getByRole("button", { name: "Total", exact: true }).focus();
      await view.keyboard("Enter");
      assert.deepEqual((await cells(view, "figure > .scroll tbody")).map(row => row.at(-1)), ["1.50", "12", "9007199254740988"]);
      assert.equal((await cells(view, "figure > .scroll tfoot")).length, 1);
      assert.equal(await view.frame.getByRole("status").textContent(), "Sorted by Total, ascending.");
    });
    const parsed = { complete: true, stock: { columns: ["sku", "warehouse", "quantity"], rows: [["A", "Main", 9007199254740993], ["B", "Main", 1]] } };
    await shown("a sum of a number that the host has parsed is marked", "getStock", company, { result: { content: [{ type: "text", text: "Two." }], structuredContent: parsed } }, async view => {
      assert.deepEqual(await cells(view, "figure > .scroll tfoot"), [["Total", "", "≈ 9007199254740993", "≈ 9007199254740993"]]);
    });
    await shown("rows without warehouses are a table", "getStock", { ...company, by: "item" }, { result: stock([`[1,"SKU-1","Pan",null,4]`]) }, async view => {
      assert.equal(await view.frame.locator("figure").count(), 0);
      assert.deepEqual(await cells(view, "section > .scroll tbody"), [["SKU-1", "Pan", "4"]]);
    });
    await shown("rows without items are sums alone", "getStock", { ...company, by: "warehouse" }, { result: stock([`[null,null,null,"Main",4]`, `[null,null,null,"East",5.5]`]) }, async view => {
      assert.deepEqual(await cells(view, "figure > .scroll table"), [["Rows", "East", "Main", "Total"], ["Total", "5.5", "4", "9.5"]]);
    });
    for (const text of ["{}", `{"stock":null}`, `{"stock":[7,null]}`, `{"stock":{"columns":["sku"],"rows":"x"}}`, `{"stock":{"columns":["sku"],"rows":[]}}`]) {
      await shown(`an answer without rows says so: ${text}`, "getStock", company, { result: answer(text) }, async view => {
        assert.deepEqual(await view.text("main p"), ["No rows."]);
      });
    }
    await shown("totals alone are a table", "getStock", { ...company, totals_only: true }, { result: answer(`{"complete":true,"totals":[{"currency":"USD","quantity":1.50,"rows":2}]}`) }, async view => {
      assert.deepEqual(await cells(view, ".scroll tbody"), [["USD", "1.50", "2"]]);
    });
  }

  async function weeks() {
    await shown("open amounts are summed by ISO week and currency, overdue first, with all digits", "paymentRequests_list", company, { result: list(hardWeeks), now }, async view => {
      assert.deepEqual(await view.text("figure > .scroll thead th"), ["Week", "Due", "Number", "Without a currency", hostile[0], "EUR", "USD"]);
      assert.deepEqual(await cells(view, "figure > .scroll tbody"), [
        ["Overdue", "2026-11-01 – 2026-11-29", "3", "–", "–", "–", "100.00"],
        ["2026-W49", "2026-11-30 – 2026-12-06", "3", "–", "–", "98765432109876543.22", "1000.25"],
        ["2026-W50", "2026-12-07 – 2026-12-13", "2", "–", "–", "–", "-27.705"],
        ["2026-W53", "2026-12-28 – 2027-01-03", "2", "–", "100", "–", "500"],
        ["No date", "–", "2", "5", "–", "–", "3"],
      ]);
      assert.deepEqual(await cells(view, "figure > .scroll tfoot"), [["Total", "", "12", "5", "100", "98765432109876543.22", "1575.545"]]);
      assert.deepEqual(await view.text("h2"), ["Without a currency", hostile[0], "EUR", "USD"]);
      assert.ok((await view.text("p.quiet")).includes("2 of 16 rows have no amount that can be added; the sums leave them out."));
      assert.equal(await view.frame.locator("main img, main script").count(), 0);
      await view.frame.getByText("All rows as a table").click();
      assert.equal(await view.frame.locator("details tbody tr").count(), 16);
    });
    await shown("what is paid is not open", "paymentRequests_list", company, { result: list([due("#77", "2026-12-01", "USD", "#77.00")]), now }, async view => {
      assert.deepEqual(await view.text("figure > p"), ["Nothing is open."]);
    });
    for (const text of ["{}", `{"data":[]}`, `{"data":"x"}`, `{"data":[null,1,[]]}`]) {
      await shown(`a list without rows says so: ${text}`, "paymentRequests_list", company, { result: answer(text), now }, async view => {
        assert.deepEqual(await view.text("main p"), ["No rows."]);
      });
    }
    const page = list([due("#1.10", "2026-12-01", "USD")], `"current_page":1,"last_page":3,`);
    await shown("a page says that it is one, and all pages are had through the host", "paymentRequests_list", { ...company, page: 1 }, { result: page, now }, async view => {
      assert.ok((await view.text("p.quiet")).includes("Only the rows of this page are summed."));
      await view.press("All pages");
      await view.frame.locator("tfoot").getByText("3.30").waitFor();
      assert.deepEqual(view.calls, [{ name: "paymentRequests_list", arguments: { ...company, all_pages: true } }]);
      assert.deepEqual(await cells(view, "figure > .scroll tbody"), [["2026-W49", "2026-11-30 – 2026-12-06", "3", "3.30"]]);
      assert.equal(await view.frame.getByText("Only the rows of this page").count(), 0);
    });
    await shown("the last days of a year are in the week of their Thursday", "paymentRequests_list", company,
      { result: list(["2027-01-04", "2027-12-31", "2028-01-02", "2028-01-03", "2031-12-29"].map(day => due("#1", day, "USD"))), now }, async view => {
        assert.deepEqual((await cells(view, "figure > .scroll tbody")).map(([week]) => week), ["2027-W01", "2027-W52", "2028-W01", "2032-W01"]);
      });
  }

  // In both themes at both widths; ACCEPTANCE_PICTURES=DIR keeps them.
  async function looks() {
    for (const theme of ["light", "dark"]) {
      for (const width of [320, 800]) {
        for (const [tool, args, of, result, name = tool] of [["listCompanies", {}], ["getRevenueAndCogs", revenue], ["getInventoryLandedCost", landed], ["getStock", owner, books], ["paymentRequests_list", { ...owner, all_pages: true }, books],
          ["getStock", company, client, stock(hardStock), "hard stock"], ["paymentRequests_list", company, client, list(hardWeeks), "hard weeks"]]) {
          await shown(`${name} fits ${width} px in ${theme}`, tool, args, { theme, width, of, result, now }, async view => {
            const { ground, overflow } = await view.evaluate(() => ({
              ground: getComputedStyle(document.body).backgroundColor,
              overflow: document.documentElement.scrollWidth - innerWidth,
            }));
            assert.equal(ground, theme === "dark" ? "rgb(28, 28, 30)" : "rgb(255, 255, 255)");
            assert.ok(overflow <= 0, `${overflow} px too wide`);
            await view.evaluate(axe.source);
            const { passes, violations } = await view.evaluate(() => window.axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
            assert.deepEqual(violations.map(({ id, help, nodes }) => `${id}: ${help} ${nodes[0].html}`), []);
            assert.ok(passes.length > 0, "axe-core has looked");
            if (process.env.ACCEPTANCE_PICTURES) {
              await view.screenshot(join(process.env.ACCEPTANCE_PICTURES, `${name.replace(" ", "-")}-${theme}-${width}.png`));
            }
          });
        }
      }
    }

    await shown("a change of the host's theme and colors is followed", "listCompanies", {}, {}, async view => {
      await view.bridge.sendHostContextChange({ theme: "dark", styles: { variables: { "--color-background-primary": "rgb(1, 2, 3)" } } });
      await view.frame.locator("body").evaluate(body => new Promise(resolve => {
        const look = () => getComputedStyle(body).backgroundColor === "rgb(1, 2, 3)" ? resolve() : requestAnimationFrame(look);
        look();
      }));
      assert.equal(await view.evaluate(() => document.documentElement.style.colorScheme), "dark");
    });
  }

  async function chatGpt() {
    const openai = result => `{ theme: "dark", toolInput: { per_page: 10 }, toolOutput: ${JSON.stringify(result.structuredContent).replaceAll("<", "\\u003c")},
      callTool: async (name, args) => { window.called = { name, args }; return { structuredContent: { current_page: 2, last_page: 3, data: [{ name: "Next one" }] } }; } }`;
    await shown("window.openai is enough", "listCompanies", { per_page: 10 }, { openai }, async view => {
      await view.frame.locator("tbody tr").first().waitFor();
      assert.equal(await view.evaluate(() => document.documentElement.style.colorScheme), "dark");
      await view.press("Next");
      await view.frame.getByText("Next one").waitFor();
      assert.deepEqual(await view.evaluate(() => window.called), { name: "listCompanies", args: { per_page: 10, page: 2 } });
      await view.evaluate(() => {
        window.openai.theme = "light";
        dispatchEvent(new CustomEvent("openai:set_globals", { detail: { globals: { theme: "light" } } }));
      });
      assert.equal(await view.evaluate(() => document.documentElement.style.colorScheme), "light");
      assert.deepEqual(await view.text("tbody th"), ["Next one"]);
    });
  }
}

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
const landed = { companyUuid: "7c1e4b52-93af-4d06-8b1a-5e20c7d94f31", inventoryId: 1, warehouse_uuid: "w", start_date: "2026-01-01" };

export async function run({ repository, report, sandbox }) {
  if (!hasBrowser()) {
    report.skip("all of them", "there is no Chromium; CHROMIUM names where it is");
    return;
  }

  const api = await startViewsApi();
  const server = await startServer(repository, { issuer: sandbox.issuer, api: api.address, settings: { "Mcp:Views": "true" } });
  const token = await clientToken(sandbox.issuer, server.address);
  const browser = await ViewBrowser.start();
  const client = new Client({ name: "acceptance", version: "1.0.0" });
  await client.connect(new StreamableHTTPClientTransport(new URL(`${server.address}/mcp`), { requestInit: { headers: { Authorization: `Bearer ${token}` } } }));
  try {
    await table();
    await pages();
    await chart();
    await looks();
    await chatGpt();
  } finally {
    await client.close();
    await browser.close();
    api.close();
  }

  // Nothing but the host's page was asked for, and nothing of the view was refused or failed.
  async function shown(name, tool, args, options, check) {
    await report.scenario(name, async () => {
      const view = await browser.show(client, tool, args, options);
      try {
        await check(view);
        assert.deepEqual(view.errors, []);
        assert.equal(view.requests.filter(url => !url.startsWith("about:")).length, 1, view.requests.join(" "));
      } finally {
        await view.close();
      }
    });
  }

  async function table() {
    await shown("a table has the columns that were declared, but for what is empty", "listCompanies", {}, {}, async view => {
      assert.deepEqual(await view.text("thead th"), ["Name", "Short name", "Currency"]);
      assert.equal(await view.frame.locator("tbody tr").count(), 10);
      assert.equal(await view.evaluate(() => document.title), "See which companies the token can reach");
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

  // In both themes at both widths; ACCEPTANCE_PICTURES=DIR keeps them.
  async function looks() {
    for (const theme of ["light", "dark"]) {
      for (const width of [320, 800]) {
        for (const [tool, args] of [["listCompanies", {}], ["getRevenueAndCogs", revenue], ["getInventoryLandedCost", landed]]) {
          await shown(`${tool} fits ${width} px in ${theme}`, tool, args, { theme, width }, async view => {
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
              await view.screenshot(join(process.env.ACCEPTANCE_PICTURES, `${tool}-${theme}-${width}.png`));
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

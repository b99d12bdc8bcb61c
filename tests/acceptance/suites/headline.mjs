// The fourteen published tools against the sandbox's books: each answer is compared with a figure computed here, from the journal.
import assert from "node:assert/strict";
import { balances, cents, readJournal } from "../lib/journal.mjs";
import { SignedInClient, sdks } from "../lib/typescript-sdk.mjs";

const lantern = 7401;
const today = "2026-11-28";
const reno = "4f0d2a96-1c57-4b8e-9e63-0a7b5d82c4f1";

export async function run({ report, sandbox }) {
  const { address, issuer, token } = sandbox;
  await fetch(`${issuer}/sandbox/reset`, { method: "POST", headers: { Authorization: `Bearer ${token}` } });
  const journal = await readJournal(issuer, token);
  const client = new SignedInClient(sdks["client 2.4.0, older era"], "http", `${address}/mcp`);
  await client.connect();
  const hpo = [...journal.company.values()].find(company => company.ShortName === "HPO");
  const of = (records, company = hpo) => [...records.values()].filter(record => record.CompanyId === company.Id);

  const call = async (tool, args = {}) => {
    const result = await client.call(tool, args);
    assert.ok(!result.isError, result.content[0].text);
    return result.structuredContent;
  };
  const all = async (tool, args) => {
    const rows = [];
    for (let page = 1; ; page++) {
      const answer = await call(tool, { ...args, page, per_page: 60 });
      rows.push(...answer.data);
      if (page >= answer.last_page) {
        return rows;
      }
    }
  };
  const tried = (tool, act) => report.scenario(tool, act);

  await tried("listCompanies", async () => {
    const visible = [...journal.company.values()].filter(company => company.IsVisible);
    assert.deepEqual((await call("listCompanies")).data.map(company => company.name), visible.map(company => company.Name));
  });

  await tried("listCompaniesWithPermission", async () => {
    const permission = "edit:pages.processes.bills";
    const allowed = [...journal.company.values()].filter(company => company.IsVisible && company.Permissions.includes(permission));
    const answer = await call("listCompaniesWithPermission", { permission });
    assert.deepEqual(answer.companies.map(company => company.short_name), allowed.map(company => company.ShortName));
    assert.ok(allowed.length > 0 && allowed.length < 4);
  });

  await tried("listReports", async () => {
    assert.deepEqual((await call("listReports")).data.map(row => row.title), [...journal.report.values()].map(row => row.Title));
  });

  await tried("listWarehouses", async () => {
    const answer = await call("listWarehouses", { companyUuid: "HPO" });
    assert.deepEqual(answer.data.map(row => row.uuid), of(journal.warehouse).map(row => row.Uuid));
  });

  await tried("listInventoryItems", async () => {
    const rows = await all("listInventoryItems", { companyUuid: "HPO" });
    assert.deepEqual(rows.map(row => row.id), of(journal.item).map(item => item.Id));
    const found = await all("listInventoryItems", { companyUuid: "HPO", asin: "B0D7LN4QX1" });
    assert.deepEqual(found.map(row => row.country_code), ["US", "CA"]);
  });

  await tried("getInventoryDetails", async () => {
    for (const day of ["2026-09-30", "2026-11-15", today]) {
      const expected = balances(journal, day, (item, warehouse) => (item === lantern ? journal.warehouse.get(warehouse).Name : undefined));
      const answer = await call("getInventoryDetails", { companyUuid: "HPO", inventoryId: lantern, balances_date: day });
      const found = answer.balances_data.balances_list.map(row => [row.warehouse.name, row.balance]);
      assert.deepEqual(new Map(found), expected, day);
    }
  });

  await tried("getWarehouseBalances", async () => {
    const day = "2026-06-30";
    const expected = balances(journal, day, (item, warehouse) => (journal.warehouse.get(warehouse).Uuid === reno ? item : undefined));
    const rows = await all("getWarehouseBalances", { companyUuid: "HPO", warehouseUuid: reno, balances_date: day });
    assert.deepEqual(new Map(rows.map(row => [row.inventory.id, row.balance])), expected);
    assert.ok(expected.size > 10, `${expected.size} items`);
  });

  await tried("getInventoryLandedCost", async () => {
    const span = { start_date: "2026-08-01", end_date: "2026-11-15" };
    const answer = await call("getInventoryLandedCost", { companyUuid: "HPO", inventoryId: lantern, warehouse_uuid: reno, ...span });
    const order = [...journal.inventory_order.values()].find(row => row.RefNumber === "HP-PO-1047");
    const value = order.Lines.reduce((sum, line) => sum + line.Quantity * line.Price, 0);
    const line = order.Lines.find(row => row.ItemId === lantern);
    const tied = [...journal.bill.values()].filter(bill => bill.Documents.some(key => key.Kind === "InventoryOrder" && key.Id === order.Id));
    const billed = tied.flatMap(bill => bill.Lines).reduce((sum, row) => sum + row.Quantity * row.Rate, 0);
    assert.equal(cents(answer.amount), cents(line.Quantity * line.Price + (billed * line.Quantity * line.Price) / value));
    assert.equal(answer.quantity, line.Quantity);
  });

  await tried("getInventoryCogs", async () => {
    const span = { start_date: "2026-10-01", end_date: "2026-11-15" };
    const answer = await call("getInventoryCogs", { companyUuid: "HPO", inventoryId: lantern, ...span });
    const sold = of(journal.invoice).filter(row => row.Date >= span.start_date && row.Date <= span.end_date);
    const lines = sold.flatMap(row => row.Lines).filter(row => row.ItemId === lantern);
    assert.equal(answer.quantity, lines.reduce((sum, row) => sum + row.Quantity, 0));
    assert.equal(cents(answer.details.reduce((sum, row) => sum + row.amount, 0)), cents(answer.amount));
    assert.equal(cents(answer.amount / answer.quantity), 1080);
  });

  await tried("getRevenueAndCogs", async () => {
    const answer = await call("getRevenueAndCogs", { start_date: "2026-01-01", end_date: "2026-06-30", periodicity: "monthly", grouping: ["company", "country"], fields: "*" });
    const expected = new Map();
    for (const invoice of journal.invoice.values()) {
      const lines = invoice.Lines.filter(line => line.ItemId);
      if (invoice.Date >= "2026-01-01" && invoice.Date <= "2026-06-30" && lines.length > 0) {
        const key = `${invoice.Date.slice(0, 7)} ${invoice.CompanyId} ${invoice.Market}`;
        expected.set(key, (expected.get(key) ?? 0) + lines.reduce((sum, line) => sum + cents(line.Amount), 0));
      }
    }

    const found = answer.data.map(row => [`${row.start_date.slice(0, 7)} ${row.company.id} ${row.country_code}`, cents(row.revenue_amount)]);
    assert.deepEqual(new Map(found.sort()), new Map([...expected].sort()));
    assert.ok(answer.data.every(row => row.cogs_amount > 0 && row.cogs_amount < row.revenue_amount));
  });

  await tried("getImportInstructions", async () => {
    const guide = await call("getImportInstructions", { type: "bill" });
    assert.ok(guide.attributes.ref_number && guide.attributes["details[].rate"]);
  });

  const added = async before => {
    const after = await readJournal(issuer, token);
    return [...after.bill.values()].filter(bill => !before.bill.has(bill.Id));
  };

  await tried("createDocuments", async () => {
    const before = await readJournal(issuer, token);
    const data = { ref_number: "SPP-7100", date: "2026-11-23", currency: "USD", vendor: "Sierra Pack & Print", details: [{ service: "Packing Materials", quantity: 100, rate: 0.5 }] };
    const answer = await call("createDocuments", { companyUuid: "HPO", type: "bill", data });
    assert.equal(answer.documents[0].ref_number, "SPP-7100");
    const [bill, ...more] = await added(before);
    assert.equal(more.length, 0);
    assert.deepEqual([bill.RefNumber, bill.Date, bill.Lines[0].Quantity * bill.Lines[0].Rate], ["SPP-7100", "2026-11-23", 50]);
  });

  await tried("createDocumentsByPdf and checkImportStatus", async () => {
    const before = await readJournal(issuer, token);
    const file = { name: "GBF-23001.pdf", link: "https://files.example/once/GBF-23001.pdf" };
    const { request_id: requestId } = await call("createDocumentsByPdf", { companyUuid: "HPO", type: "bill", file });
    let status;
    do {
      status = await call("checkImportStatus", { companyUuid: "HPO", type: "bill", requestId });
    } while (status.status === "processing");

    assert.equal(status.status, "done");
    const [bill] = await added(before);
    assert.equal(bill.RefNumber, "GBF-23001");
    assert.equal(bill.Lines.reduce((sum, line) => sum + line.Quantity * line.Rate, 0), 950);
  });

  await client.close();
  await fetch(`${issuer}/sandbox/reset`, { method: "POST", headers: { Authorization: `Bearer ${token}` } });
}

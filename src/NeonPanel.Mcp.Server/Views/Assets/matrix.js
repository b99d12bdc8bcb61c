// Sums by two members of the rows: one down, one across, with totals both ways, and a bar for each column.

const tableName = "All rows as a table";

/** The sums, or undefined if no row has a number and a column for it. Amounts of different currencies stay apart. */
function drawingOf({ view, rows, title, width, say }) {
  const sections = new Map();
  let unknown = 0;
  for (const row of rows) {
    const column = textOf(at(row, view.column));
    const value = at(row, view.value);
    if (column === "" || decimalOf(value) === undefined) {
      unknown++;
      continue;
    }

    const unit = view.currency ? textOf(at(row, view.currency)) || "Without a currency" : "";
    const section = entry(sections, unit, () => ({ lines: new Map(), columns: new Map(), total: new Sum() }));
    const names = view.row.map(path => at(row, path));
    const line = entry(section.lines, JSON.stringify(names.map(textOf)), () => ({ names, cells: new Map(), total: new Sum() }));
    for (const sum of [entry(line.cells, column, () => new Sum()), line.total, entry(section.columns, column, () => new Sum()), section.total]) {
      sum.add(value);
    }
  }

  if (sections.size === 0) {
    return undefined;
  }

  const parts = [...sections].flatMap(([unit, section]) => [...unit === "" ? [] : [element("h2", {}, unit)], ...sectionOf(section, unit)]);
  return withNotes([...parts, ...leftOut(unknown, rows.length, `${titleOf(view.column).toLowerCase()} or ${titleOf(view.value).toLowerCase()}`)]);

  function sectionOf({ lines, columns, total }, unit) {
    const across = [...columns].toSorted(([, a], [, b]) => compareNumbers(b.digits, a.digits));
    const hasNames = [...lines.values()].some(({ names }) => names.some(name => textOf(name) !== ""));
    const heads = hasNames ? view.row.map((path, index) => ({ path: `name${index}`, label: titleOf(path), isNumber: false, style: index === 0 ? "" : "name" })) : [textColumn("name0", "Rows")];
    const line = (names, cellOf, sum) => Object.fromEntries([
      ...names.map((name, index) => [`name${index}`, name]), ...across.map(([name], index) => [`sum${index}`, cellOf(name)?.digits]), ["total", sum.digits],
    ]);
    const table = tableOf(unit ? `${title}, ${unit}` : title,
      [...heads, ...across.map(([name], index) => numberColumn(`sum${index}`, name)), numberColumn("total", "Total")],
      hasNames ? [...lines.values()].map(({ names, cells, total: sum }) => line(names, name => cells.get(name), sum)) : [], say,
      line(["Total"], name => columns.get(name), total));
    return [...barsOf(across, unit, `${titleOf(view.value)} by ${titleOf(view.column).toLowerCase()}`, width), table];
  }
}

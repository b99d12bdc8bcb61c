// Rows as bars: one panel for each currency, with a scale of its own, so that amounts of two currencies never meet.

const tableName = "The figures as a table";

/** The chart, or undefined if no row has a number. */
function drawingOf({ view: { series, currency, label }, rows, title, width }) {
  if (!rows.some(row => series.some(path => numberOf(at(row, path)) !== undefined))) {
    return undefined;
  }

  const labels = labelsOf(label, rows);
  const drawn = rows.map((row, index) => ({ row, label: labels[index], unit: currency ? textOf(at(row, currency)) : "" })).slice(0, maxBars);
  const units = [...new Set(drawn.map(item => item.unit))];
  const parts = [element("ul", { class: "legend" }, ...series.map((path, index) => element("li", {}, swatch(index), titleOf(path))))];
  for (const unit of units) {
    if (currency) {
      parts.push(element("h2", {}, unit || "Without a currency"));
    }

    parts.push(panel(drawn.filter(item => item.unit === unit), series, unit, title, width));
  }

  const notes = [];
  units.length > 1 && notes.push("Each currency has a scale of its own; amounts of different currencies are neither added nor compared.");
  rows.length > maxBars && notes.push(`The first ${maxBars} of ${rows.length} rows are drawn; the table has all.`);
  return [...parts, ...notes.map(note => element("p", { class: "quiet" }, note))];
}

// What is the same in all rows tells nothing about one of them.
function labelsOf(paths, rows) {
  const telling = paths.filter(path => new Set(rows.map(row => textOf(at(row, path)))).size > 1);
  return rows.map(row => (telling.length > 0 ? telling : paths).map(path => textOf(at(row, path))).filter(text => text !== "").join(" · ") || "–");
}

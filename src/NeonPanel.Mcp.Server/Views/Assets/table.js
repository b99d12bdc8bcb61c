// Rows as a table whose columns can be sorted.

/** An element; texts become text, never markup. */
function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    typeof value === "function" ? node.addEventListener(key, value) : node.setAttribute(key, value);
  }

  node.append(...children);
  return node;
}

const maxShort = 16;

/** The declared columns; where none are, the single values of the rows. What is empty in all rows takes no room. */
function columnsOf(declared, rows) {
  const found = new Set(declared);
  if (found.size === 0) {
    for (const [name, value] of rows.flatMap(row => Object.entries(row))) {
      (typeof value !== "object" || value === null || value instanceof Digits) && found.size < 8 && found.add(name);
    }
  }

  return [...found].map(path => {
    const values = rows.map(row => at(row, path)).filter(value => textOf(value) !== "");
    const isNumber = values.every(value => numberOf(value) !== undefined);
    // Codes and dates are not broken.
    const style = isNumber ? "number" : values.every(value => textOf(value).length <= maxShort) ? "short" : "";
    return { path, isNumber, style, isEmpty: values.length === 0 };
  }).filter(column => !column.isEmpty);
}

/** @param last a row of totals, which stays at the end whatever the order */
function tableOf(title, columns, rows, say, last) {
  const body = element("tbody");
  const headOf = column => column.label ?? titleOf(column.path);
  const heads = columns.map(column => element("th", { scope: "col", class: column.style },
    element("button", { type: "button", click: () => sortBy(column) }, headOf(column))));
  const table = element("table", {}, element("caption", { class: "hidden" }, title), element("thead", {}, element("tr", {}, ...heads)), body,
    ...last ? [element("tfoot", {}, lineOf(last))] : []);
  fill(rows);
  return element("div", { class: "scroll", role: "region", tabindex: "0", "aria-label": title }, table);

  function fill(ordered) {
    body.replaceChildren(...ordered.map(row => lineOf(row)));
  }

  function lineOf(row) {
    return element("tr", {}, ...columns.map(({ path, style }, index) =>
      element(index === 0 ? "th" : "td", { ...(index === 0 && { scope: "row" }), class: style }, textOf(at(row, path)) || (row === last ? "" : "–"))));
  }

  function sortBy(column) {
    const head = heads[columns.indexOf(column)];
    const direction = head.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
    heads.forEach(other => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", direction);
    const sign = direction === "ascending" ? 1 : -1;
    const empty = row => textOf(at(row, column.path)) === "";
    const compare = (a, b) => column.isNumber ? compareNumbers(at(a, column.path), at(b, column.path))
      : textOf(at(a, column.path)).localeCompare(textOf(at(b, column.path)), undefined, { numeric: true });
    // What is empty comes last either way.
    fill(rows.toSorted((a, b) => empty(a) || empty(b) ? empty(a) - empty(b) : sign * compare(a, b)));
    say(`Sorted by ${headOf(column)}, ${direction}.`);
  }
}

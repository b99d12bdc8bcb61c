// What stands in the view: the table or the chart of the newest result, the way to other pages, and what was said beside it.

const { tool, title, pageArgument, view } = JSON.parse(document.getElementById("declaration").textContent);
const main = document.getElementById("view");
const status = document.getElementById("status");
let args = {};
let shown;

document.title = title;
const say = text => { status.textContent = text; };
const host = connect(tool, {
  onContext: applyContext,
  onInput: input => { args = input; },
  onResult: show,
  onCancelled: reason => fail(reason ? `The call was cancelled: ${reason}` : "The call was cancelled."),
});

function show(result) {
  const { failure, answer, notes } = readResult(result);
  if (failure !== undefined) {
    fail(failure);
    return;
  }

  const list = at(answer, view.list);
  shown = { answer, notes, rows: Array.isArray(list) ? list.filter(isObject) : [] };
  draw();
}

function fail(text) {
  main.removeAttribute("aria-busy");
  main.replaceChildren(element("p", { role: "alert" }, text));
}

function draw() {
  const { answer, notes, rows } = shown;
  const columns = columnsOf(view.columns ?? [...view.label ?? [], ...view.series ?? [], ...view.currency ? [view.currency] : []], rows);
  const table = rows.length > 0 ? tableOf(title, columns, rows, say) : element("p", {}, "No rows.");
  const isOpen = main.querySelector("details")?.open === true;
  const isChart = view.kind === "chart" && rows.some(row => view.series.some(path => numberOf(at(row, path)) !== undefined));
  main.replaceChildren(
    isChart ? element("figure", {}, element("figcaption", {}, title), ...chartOf(view, rows, title, main.clientWidth),
      element("details", { ...(isOpen && { open: "" }) }, element("summary", {}, "The figures as a table"), table)) : element("section", {}, element("h1", {}, title), table),
    ...pages(answer),
    ...notes.map(note => element("p", { class: "quiet" }, note)));
  main.removeAttribute("aria-busy");
}

function pages(answer) {
  const [current, last] = [numberOf(answer.current_page), numberOf(answer.last_page)];
  if (!(last > 1 || current > 1)) {
    return [];
  }

  const place = element("span", {}, `Page ${current} of ${last}`);
  if (!pageArgument || !host.canCall()) {
    return [element("nav", { "aria-label": "Pages" }, place)];
  }

  const to = (text, page) => {
    const button = element("button", { type: "button", click: () => turnTo(page, text) }, text);
    button.disabled = page < 1 || page > last;
    return button;
  };
  return [element("nav", { "aria-label": "Pages" }, to("Previous", current - 1), place, to("Next", current + 1))];
}

async function turnTo(page, text) {
  const buttons = [...main.querySelectorAll("nav button")];
  buttons.forEach(button => { button.disabled = true; });
  main.setAttribute("aria-busy", "true");
  say(`Asking for page ${page}.`);
  try {
    const result = await host.call(tool, { ...args, [pageArgument]: page });
    const { failure } = readResult(result);
    if (failure !== undefined) {
      throw new Error(failure);
    }

    show(result);
    say(`Page ${page}.`);
  } catch (error) {
    draw();
    main.append(element("p", { role: "alert" }, `Page ${page} could not be had: ${error.message}`));
  }

  // The button that was pressed is another element now.
  [...main.querySelectorAll("nav button")].find(button => button.textContent === text && !button.disabled)?.focus();
}

let drawnWidth = main.clientWidth;
new ResizeObserver(() => {
  if (shown && view.kind === "chart" && main.clientWidth !== drawnWidth) {
    drawnWidth = main.clientWidth;
    draw();
  }
}).observe(main);

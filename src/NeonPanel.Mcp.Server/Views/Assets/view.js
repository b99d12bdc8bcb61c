// What stands in the view: the table, chart or sums of the newest result, the way to other pages, and what was said beside it.

const { tool, title, pageArgument, allArgument, view } = JSON.parse(document.getElementById("declaration").textContent);
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

  shown = { answer, notes, rows: rowsAt(answer, view.list) };
  draw();
}

function fail(text) {
  main.removeAttribute("aria-busy");
  main.replaceChildren(element("p", { role: "alert" }, text));
}

function draw() {
  const { answer, notes, rows } = shown;
  const drawn = view.kind === "chart" ? [...view.label, ...view.series, ...view.currency ? [view.currency] : []] : [];
  const others = summary(answer);
  const nothing = others.length > 0 ? "" : element("p", {}, "No rows.");
  const table = rows.length > 0 ? tableOf(title, columnsOf(view.columns ?? drawn, rows), rows, say) : nothing;
  const isOpen = main.querySelector("details")?.open === true;
  const drawing = view.kind === "table" ? undefined : drawingOf({ view, rows, title, width: main.clientWidth, say });
  main.replaceChildren(
    drawing ? element("figure", {}, element("figcaption", {}, title), ...drawing,
      element("details", { ...(isOpen && { open: "" }) }, element("summary", {}, tableName), table)) : element("section", {}, element("h1", {}, title), table),
    ...others,
    ...pages(answer),
    ...[...gaps(answer, notes), ...notes].map(note => element("p", { class: "quiet" }, note)));
  main.removeAttribute("aria-busy");
}

/** A second list of the answer, such as totals. */
function summary(answer) {
  const rows = view.summary ? rowsAt(answer, view.summary) : [];
  return rows.length > 0 ? [element("h2", {}, titleOf(view.summary)), tableOf(titleOf(view.summary), columnsOf([], rows), rows, say)] : [];
}

/** What the answer says it lacks, unless the notes say it too. */
function gaps(answer, notes) {
  const texts = name => Array.isArray(answer[name]) ? answer[name].filter(text => typeof text === "string") : [];
  const isPart = numberOf(answer.last_page) > 1 && ["matrix", "weeks"].includes(view.kind);
  const unmatched = texts("unmatched");
  const found = [
    ...isPart ? ["Only the rows of this page are summed."] : [],
    ...answer.complete === false ? [...notes.length === 0 ? ["Parts of the answer are missing."] : [], ...texts("missing")] : [],
    ...unmatched.length > 0 ? [`Not found: ${unmatched.join(", ")}`] : [],
  ];
  return found.filter(text => !notes.some(note => note.includes(text))).map(textOf);
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
  const all = allArgument && ["matrix", "weeks"].includes(view.kind)
    ? [element("button", { type: "button", click: () => ask({ ...withoutPage(), [allArgument]: true }, "All pages", "All pages") }, "All pages")] : [];
  return [element("nav", { "aria-label": "Pages" }, to("Previous", current - 1), place, to("Next", current + 1), ...all)];
}

const turnTo = (page, text) => ask({ ...args, [pageArgument]: page }, `Page ${page}`, text);

function withoutPage() {
  const { [pageArgument]: _, ...others } = args;
  return others;
}

/** @param what is asked for: `Page 2`
    @param text of the button that was pressed */
async function ask(withArguments, what, text) {
  const buttons = [...main.querySelectorAll("nav button")];
  buttons.forEach(button => { button.disabled = true; });
  main.setAttribute("aria-busy", "true");
  say(`Asking for ${what.charAt(0).toLowerCase()}${what.slice(1)}.`);
  try {
    const result = await host.call(tool, withArguments);
    const { failure } = readResult(result);
    if (failure !== undefined) {
      throw new Error(failure);
    }

    show(result);
    say(`${what}.`);
  } catch (error) {
    draw();
    main.append(element("p", { role: "alert" }, `${what} could not be had: ${error.message}`));
  }

  // The button that was pressed is another element now, or gone.
  const button = [...main.querySelectorAll("nav button")].find(other => other.textContent === text && !other.disabled);
  (button ?? main.querySelector(".scroll"))?.focus();
}

let drawnWidth = main.clientWidth;
new ResizeObserver(() => {
  if (shown && view.kind !== "table" && main.clientWidth !== drawnWidth) {
    drawnWidth = main.clientWidth;
    draw();
  }
}).observe(main);

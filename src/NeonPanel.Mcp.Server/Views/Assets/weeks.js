// Open amounts by the week in which they are due (ISO 8601), overdue first, each currency in a column of its own.

const tableName = "All rows as a table";

/** The sums; undefined if there are no rows. */
function drawingOf({ view, rows, title, width, say }) {
  if (rows.length === 0) {
    return undefined;
  }

  const today = dayOf(new Date());
  const weeks = new Map();
  const units = new Map();
  let unknown = 0;
  for (const row of rows) {
    const amount = openOf(row);
    if (amount === undefined) {
      unknown++;
    } else if (amount.isOpen) {
      const unit = view.currency ? textOf(at(row, view.currency)) : "";
      const day = dayIn(at(row, view.date));
      const week = entry(weeks, keyOf(day), () => ({ days: [], count: 0, sums: new Map() }));
      day && week.days.push(day);
      week.count++;
      entry(week.sums, unit, () => new Sum()).add(amount.sum.digits);
      entry(units, unit, () => new Sum()).add(amount.sum.digits);
    }
  }

  if (weeks.size === 0) {
    return withNotes([unknown > 0 ? "Nothing else is open." : "Nothing is open.", ...leftOut(unknown, rows.length, "amount that can be added")]);
  }

  const ordered = [...weeks].toSorted(([a], [b]) => a < b ? -1 : 1);
  const names = [...units.keys()].toSorted();
  const nameOf = unit => unit || (view.currency ? "Without a currency" : "Open");
  const line = (week, days, count, sums) => ({ week, days, count: new Digits(String(count)), ...Object.fromEntries(names.map((unit, index) => [`sum${index}`, sums.get(unit)?.digits])) });
  const bars = names.flatMap(unit => [
    ...view.currency ? [element("h2", {}, nameOf(unit))] : [],
    ...barsOf(ordered.filter(([, { sums }]) => sums.has(unit)).map(([key, { sums }]) => [weekName(key), sums.get(unit)]), unit, "Open by week", width),
  ]);
  const table = tableOf(title, [textColumn("week", "Week"), textColumn("days", "Due"), numberColumn("count", "Number"), ...names.map((unit, index) => numberColumn(`sum${index}`, nameOf(unit)))],
    ordered.map(([key, week]) => line(weekName(key), daysOf(key, week.days), week.count, week.sums)), say,
    line("Total", "", [...weeks.values()].reduce((count, week) => count + week.count, 0), units));
  return withNotes([...bars, table, ...leftOut(unknown, rows.length, "amount that can be added")]);

  // What is left of an amount; nothing is open if more was paid than is due. Undefined if the amount is no number.
  function openOf(row) {
    const [due, rest] = [new Sum(), new Sum()];
    const paid = view.paid ? at(row, view.paid) : undefined;
    const isPaid = textOf(paid) !== "";
    if (!due.add(at(row, view.amount)) || !rest.add(at(row, view.amount)) || (isPaid && !rest.add(paid, -1n))) {
      return undefined;
    }

    return { sum: rest, isOpen: rest.sign !== 0 && rest.sign === due.sign };
  }

  // In the order of the table.
  function keyOf(day) {
    return day === undefined ? "9999-none" : day < today ? "0000-overdue" : weekOf(day);
  }
}

const weekName = key => key === "0000-overdue" ? "Overdue" : key === "9999-none" ? "No date" : key;

const daysOf = (key, days) => {
  if (key === "9999-none") {
    return "";
  }

  const sorted = days.toSorted();
  const [first, last] = key === "0000-overdue" ? [sorted[0], sorted.at(-1)] : spanOf(sorted[0]);
  return first === last ? first : `${first} – ${last}`;
};

/** The day in a date or a time, as `2026-11-30`; undefined if it is none. */
function dayIn(value) {
  const day = /^(\d{4}-\d\d-\d\d)(?:[T ].*)?$/.exec(textOf(value))?.[1];
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day) ? day : undefined;
}

/** The day of a time where the person is. */
const dayOf = time => [time.getFullYear(), time.getMonth() + 1, time.getDate()].map(part => String(part).padStart(2, "0")).join("-");

const shifted = (day, days) => {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
};

/** Days since Monday. */
const weekday = day => (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7;

/** Monday and Sunday of a day's week. */
const spanOf = day => [shifted(day, -weekday(day)), shifted(day, 6 - weekday(day))];

/** `2026-W49`. A week belongs to the year of its Thursday (ISO 8601-1:2019, 3.1.1.23). */
function weekOf(day) {
  const thursday = shifted(day, 3 - weekday(day));
  const year = thursday.slice(0, 4);
  const days = (new Date(`${thursday}T00:00:00Z`) - new Date(`${year}-01-01T00:00:00Z`)) / 86_400_000;
  return `${year}-W${String(Math.floor(days / 7) + 1).padStart(2, "0")}`;
}

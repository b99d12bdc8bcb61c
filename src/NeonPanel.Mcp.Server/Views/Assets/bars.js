// Bars of numbers, for charts and for sums. At most so many are drawn; a table has all.

const maxBars = 40;

function shape(name, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
  node.append(...children);
  return node;
}

const color = index => `fill: var(--series-${index % 4 + 1})`;
const swatch = index => shape("svg", { viewBox: "0 0 10 10", "aria-hidden": "true" }, shape("rect", { width: 10, height: 10, rx: 2, style: color(index) }));

let panels = 0;

function panel(items, series, unit, title, width) {
  const [barHeight, labelHeight, gap, letter] = [16, 18, 10, 8];
  const amounts = items.flatMap(({ row }) => series.map(path => at(row, path)));
  const numbers = amounts.map(numberOf).filter(Number.isFinite);
  const [low, high] = [Math.min(0, ...numbers), Math.max(0, ...numbers)];
  const room = Math.max(40, width - 8 - letter * Math.max(1, ...amounts.map(amount => textOf(amount).length)));
  const x = number => high === low ? 0 : (number - low) / (high - low) * room;
  const rowHeight = labelHeight + series.length * barHeight + gap;
  const id = `panel-${++panels}`;
  const bars = items.flatMap(({ row, label }, index) => {
    const top = index * rowHeight;
    const fits = Math.max(4, Math.floor(width / letter));
    return [
      shape("text", { x: 0, y: top + 13 }, shape("title", {}, label), label.length > fits ? `${label.slice(0, fits - 1)}…` : label),
      shape("line", { x1: x(0), x2: x(0), y1: top + labelHeight, y2: top + rowHeight - gap }),
      ...series.flatMap((path, place) => {
        const [amount, y] = [at(row, path), top + labelHeight + place * barHeight];
        const number = numberOf(amount);
        const told = shape("title", {}, `${label}: ${titleOf(path)} ${textOf(amount) || "not known"} ${unit}`);
        return [
          ...(Number.isFinite(number) ? [shape("rect", {
            x: Math.min(x(0), x(number)), y: y + 2, width: Math.max(1, Math.abs(x(number) - x(0))), height: barHeight - 4, rx: 2, style: color(place),
          }, told)] : []),
          shape("text", { x: width, y: y + 12, "text-anchor": "end" }, textOf(amount) || "–"),
        ];
      }),
    ];
  });
  const height = items.length * rowHeight;
  return shape("svg", { viewBox: `0 0 ${width} ${height}`, width, height, role: "img", "aria-labelledby": `${id}-title ${id}-text` },
    shape("title", { id: `${id}-title` }, unit ? `${title}, ${unit}` : title),
    shape("desc", { id: `${id}-text` }, `Bars of ${series.map(titleOf).join(" and ")} for ${items.length} rows. The table below has the same figures.`),
    ...bars);
}

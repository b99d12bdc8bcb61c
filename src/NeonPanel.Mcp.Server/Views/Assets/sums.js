// Sums of decimals, digit by digit: doubles would lose cents.

/** A number as a whole number of its last decimal place, or undefined. APIs write amounts as text too. */
function decimalOf(value) {
  const text = value instanceof Digits ? value.text : typeof value === "number" ? String(value) : value;
  const parts = typeof text === "string" && text.length <= 400 ? /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text) : null;
  if (!parts) {
    return undefined;
  }

  const [, sign, whole, part = "", exponent = "0"] = parts;
  const places = part.length - Number(exponent);
  const units = BigInt(sign + whole + part) * 10n ** BigInt(Math.max(0, -places));
  return { units, places: Math.max(0, places), isExact: value instanceof Digits ? value.isExact : typeof value !== "number" || isExact(value) };
}

class Sum {
  #units = 0n;
  #places = 0;
  #isExact = true;
  /** How many numbers were added. */
  count = 0;

  /** @returns whether the value is a number; nothing else is added. */
  add(value, sign = 1n) {
    const number = decimalOf(value);
    if (number === undefined) {
      return false;
    }

    const places = Math.max(this.#places, number.places);
    const scaled = (units, from) => units * 10n ** BigInt(places - from);
    this.#units = scaled(this.#units, this.#places) + sign * scaled(number.units, number.places);
    this.#places = places;
    this.#isExact &&= number.isExact;
    this.count++;
    return true;
  }

  /** -1, 0 or 1. */
  get sign() {
    return this.#units < 0n ? -1 : this.#units > 0n ? 1 : 0;
  }

  /** The sum with all its decimals, as a cell of a table. */
  get digits() {
    const text = String(this.#units < 0n ? -this.#units : this.#units).padStart(this.#places + 1, "0");
    const point = text.length - this.#places;
    return new Digits((this.sign < 0 ? "-" : "") + text.slice(0, point) + (this.#places > 0 ? `.${text.slice(point)}` : ""), this.#isExact);
  }
}

/** The member of a map; a new one if there is none. */
function entry(map, key, make) {
  map.has(key) || map.set(key, make());
  return map.get(key);
}

const numberColumn = (path, label) => ({ path, label, isNumber: true, style: "number" });
const textColumn = (path, label) => ({ path, label, isNumber: false, style: "short" });

/** Bars of sums, the first ones only: [[label, sum]…]. */
function barsOf(sums, unit, title, width) {
  const items = sums.slice(0, maxBars).map(([label, sum]) => ({ label, row: { total: sum.digits } }));
  return [panel(items, ["total"], unit, title, width), ...sums.length > maxBars ? [`The first ${maxBars} of ${sums.length} bars are drawn; the table has all.`] : []];
}

/** Texts among the parts become paragraphs. */
const withNotes = parts => parts.map(part => typeof part === "string" ? element("p", { class: "quiet" }, part) : part);

const leftOut = (count, total, what) => count > 0 ? [`${count} of ${total} rows have no ${what}; the sums leave them out.`] : [];

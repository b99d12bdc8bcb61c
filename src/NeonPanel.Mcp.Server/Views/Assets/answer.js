// A result → what is shown of it. Numbers keep their digits.

/** A number as it was written, or a sum of such numbers. It is not exact if a part went through the host's parser and may have lost digits. */
class Digits {
  constructor(text, isExact = true) {
    this.text = text;
    this.isExact = isExact;
  }
}

// The host parses structured content, and a double holds 15 digits for sure. The text block holds the same answer as text, of which
// the digits are left alone (JSON.parse tells the source of a value: ECMAScript 2026; without that, they are as in the structured content).
function parseExactly(text) {
  try {
    return JSON.parse(text, (_, value, context) => typeof value === "number" && context?.source !== undefined ? new Digits(context.source) : value);
  } catch {
    return undefined;
  }
}

/** The answer, what was said beside it, and the sentence about a failure. */
function readResult(result) {
  const texts = (result.content ?? []).filter(block => block.type === "text").map(block => block.text);
  if (result.isError) {
    return { failure: texts.join("\n") || "The call failed." };
  }

  // Older versions of ChatGPT answer a call with a text alone.
  const exact = parseExactly(texts[0] ?? (typeof result.result === "string" ? result.result : ""));
  const answer = isObject(exact) ? exact : result.structuredContent ?? {};
  const notes = texts.length > 1 ? texts.slice(1).flatMap(text => text.split("\n")) : typeof answer.notice === "string" ? answer.notice.split("\n") : [];
  // The view has page and buttons of its own, and shows fixed columns.
  return { answer, notes: notes.filter(note => !/^(Page \d+ of \d+|Also there: )/.test(note)) };
}

const isObject = value => typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Digits);

/** The rows of a list: objects, or lists beside the names of their columns. Anything else has none. */
function rowsAt(answer, path) {
  const list = at(answer, path);
  if (Array.isArray(list)) {
    return list.filter(isObject);
  }

  return isObject(list) && Array.isArray(list.columns) && Array.isArray(list.rows)
    ? list.rows.filter(Array.isArray).map(cells => Object.fromEntries(list.columns.map((name, index) => [textOf(name), cells[index]])))
    : [];
}

/** The value at a path such as `company.name`. */
const at = (row, path) => path.split(".").reduce((value, name) => isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined, row);

/** Whether a number that went through the host's parser has all its digits for sure. */
const isExact = number => String(number).replace(/e.*|\D/g, "").replace(/^0+/, "").length <= 15;

/** A number that went through the host's parser and has more digits than it holds for sure is marked. */
function textOf(value) {
  if (value === null || value === undefined) {
    return "";
  }

  if (value instanceof Digits) {
    return value.isExact ? value.text : `≈ ${value.text}`;
  }

  if (typeof value === "number") {
    return isExact(value) ? String(value) : `≈ ${value}`;
  }

  const text = typeof value === "object" ? JSON.stringify(value, (_, inner) => inner instanceof Digits ? inner.text : inner) : String(value);
  // What would turn the order of letters around is shown instead.
  return text.replace(/[\u202a-\u202e\u2066-\u2069]/g, mark => `[U+${mark.charCodeAt(0).toString(16).toUpperCase()}]`);
}

/** The number for drawing and ordering, or undefined; APIs write amounts as text too. */
function numberOf(value) {
  const text = value instanceof Digits ? value.text : value;
  return typeof text === "number" ? text : typeof text === "string" && /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? Number(text) : undefined;
}

/** Smaller first; digits beyond those of a double count too. */
function compareNumbers(first, second) {
  const difference = numberOf(first) - numberOf(second);
  const [a, b] = [textOf(first), textOf(second)].map(text => /^(-?\d+)(?:\.(\d+))?$/.exec(text));
  if (difference !== 0 || !a || !b) {
    return difference;
  }

  const places = Math.max(a[2]?.length ?? 0, b[2]?.length ?? 0);
  const [x, y] = [a, b].map(([, whole, part = ""]) => BigInt(whole + part.padEnd(places, "0")));
  return x < y ? -1 : x > y ? 1 : 0;
}

/** `company.short_name` → `Company short name`. */
function titleOf(path) {
  const words = path.replace(/\.name$/, "").replace(/[._]+/g, " ").trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

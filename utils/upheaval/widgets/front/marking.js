// How an answer is read and marked in a page, twin of `widgets/marking.py`: see there.

const SUFFIX = { k: 1e3, thousand: 1e3, m: 1e6, mn: 1e6, million: 1e6, bn: 1e9, billion: 1e9 };
const GROUPED = /^[1-9][0-9]{0,2}(?:[,.' \u2019\u00a0\u202f_][0-9]{3})+$/;
const NUMBER = /([1-9][0-9]{0,2}(?:[,.' \u2019\u00a0\u202f_][0-9]{3})+(?![0-9])|[0-9]+(?:[.,][0-9]+)?)(?:[ \t\r\n]*(k|thousand|mn|million|m|bn|billion)(?![a-z]))?/g;

function asciiDigit(digit) {
  // Unicode keeps the ten digits of a script in a row: count back to its zero.
  let zero = digit.codePointAt(0);
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String((digit.codePointAt(0) - zero) % 10);
}

function valueOf(digits) {
  return Number(GROUPED.test(digits) ? digits.replace(/[^0-9]/g, "") : digits.replace(",", "."));
}

/** The number or range in a text as [low, high], or null. */
export function readNumber(text) {
  if (text === null || text === undefined || typeof text === "boolean") return null;
  const ascii = String(text).normalize("NFKC").toLowerCase().replace(/\p{Nd}/gu, asciiDigit);
  if (ascii.includes("\u2044")) return null;
  const found = [...ascii.matchAll(NUMBER)];
  if (found.length < 1 || found.length > 2) return null;
  const sizes = found.map((one) => SUFFIX[one[2]] ?? 1);
  if (found.length === 2 && !found[0][2] && valueOf(found[0][1]) < 1000) sizes[0] = sizes[1];
  const values = found.map((one, place) => valueOf(one[1]) * sizes[place]);
  if (/^[ \t\r\n]*[-\u2212][0-9]/.test(ascii)) values[0] = -values[0];
  return [Math.min(...values), Math.max(...values)];
}

function markChoice(key, answer) {
  if (!Number.isInteger(answer) || answer < 0 || answer >= key.why.length) return { right: null, text: "Choose an answer first." };
  return { right: key.right.includes(answer), text: key.why[answer] };
}

function markNumber(key, answer) {
  const got = readNumber(answer);
  if (got === null) return { right: null, text: key.unread };
  const [low, high] = got;
  if (key.low[0] <= low && low <= key.low[1] && key.high[0] <= high && high <= key.high[1]) return { right: true, text: key.why };
  const mistake = key.mistakes.find((one) => one.low <= low && high <= one.high);
  if (mistake) return { right: false, text: mistake.why };
  return { right: false, text: low < key.low[0] || high < key.high[0] ? key.below : key.above };
}

function meets(key, step, picks) {
  if (step.rule === "count") return picks.length === step.value && new Set(picks).size === step.value;
  const cells = picks.map((pick) => key.columns[step.column][pick]);
  if (step.rule === "ordered") return cells.every((cell, place) => place === 0 || cells[place - 1] <= cell);
  if (step.rule === "until") return cells.every((cell) => cell <= step.value);
  const held = cells.flat();
  if (step.rule === "distinct") return new Set(held).size >= step.value;
  return step.value.every((one) => held.includes(one));
}

function matched(step, slots) {
  const pick = slots[step.slot] ?? null;
  if (pick === null) return { ok: false, text: `${step.label}: not chosen yet.` };
  return { ok: step.value.includes(pick), text: `${step.label}: ${step.why[pick]}` };
}

function markSteps(key, answer) {
  const slots = (Array.isArray(answer) ? answer : []).map((one) => (Number.isInteger(one) && one >= 0 && one < key.options ? one : null));
  const picks = slots.filter((one) => one !== null);
  if (!picks.length) return { right: null, text: "Choose first." };
  const steps = key.steps.map((step) => {
    if (step.rule === "match") return matched(step, slots);
    const ok = meets(key, step, picks);
    return { ok, text: ok ? step.good : step.why };
  });
  const done = steps.every((step) => step.ok);
  return { right: done, steps, text: done ? key.done : key.not_yet };
}

/** The verdict on an answer: {right, text, steps}. */
export function marked(key, answer) {
  return { steps: [], ...{ choice: markChoice, number: markNumber, steps: markSteps }[key.type](key, answer) };
}

/** What to keep of one more answer, after what was kept before. */
export function attempted(before, answer, right) {
  return { answer, right, tries: (Number.isInteger(before?.tries) ? before.tries : 0) + 1 };
}

/** What `seal` in `marking.py` was given. */
export function unsealed(text) {
  const bytes = Uint8Array.from(atob(text), (one) => one.charCodeAt(0));
  let state = bytes.length;
  const plain = bytes.map((byte) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return byte ^ (state >>> 24);
  });
  return JSON.parse(new TextDecoder().decode(plain));
}

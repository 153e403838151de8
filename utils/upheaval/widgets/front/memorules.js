// The rules of a memo, the same as in `upheaval.widgets.memo`: what a careful reader would ask, one line each.

const MEMO_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const MEMO_MONTH = `(?:${MEMO_MONTHS.join("|")})`;
const MEMO_DATES = [`[0-9]{1,2} ${MEMO_MONTH}(?: [0-9]{4})?`, `${MEMO_MONTH} [0-9]{4}`, "(?:19|20)[0-9]{2}"];

/** Sentences of a text; a marker behind a full stop belongs to the sentence before it. */
export function memoSentences(text) {
  const joined = text.replace(/([.!?])[ \t]*((?:\[[0-9]+\])+)/g, "$2$1");
  return joined.split(/(?<=[.!?])(?<![A-Z]\.)[ \t]+|[\n\r]+/).map((one) => one.replace(/^[ \t]+|[ \t]+$/g, "")).filter(Boolean);
}

/** The numbers of the markers [1], [2] … in a text. */
export function memoMarkers(text) {
  return [...text.matchAll(/\[([0-9]{1,3})\]/g)].map(([, number]) => Number(number));
}

const memoWords = (text) => (text.match(/[^ \t\n\r]+/g) ?? []).length;
const memoOpening = (text) => (text.match(/[^ \t\n\r]+/g) ?? []).slice(0, 8).join(" ");
const memoLiteral = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

function memoFound(text, terms) {
  const longestFirst = [...terms].sort((one, other) => other.length - one.length || (one < other ? -1 : 1));
  return [...text.toLowerCase().matchAll(new RegExp(`(?<![a-z])(?:${longestFirst.map(memoLiteral).join("|")})(?![a-z])`, "g"))].map(([term]) => term);
}

const memoBare = (sentence) => MEMO_DATES.reduce((text, date) => text.replace(new RegExp(`\\b${date}\\b`, "g"), " "), sentence.replace(/\[[0-9]+\]/g, " "));

// Each rule gives [met, what was found].
const MEMO_RULES = {
  recommendation({ fields }, rules) {
    const named = rules.options.filter((name) => memoFound(fields.recommendation ?? "", [name.toLowerCase()]).length);
    return [named.length > 0, named.join(", ")];
  },
  cited({ cited }, rules) {
    const kinds = [...new Set(cited.map(({ kind }) => kind))];
    return [cited.length >= rules.least.cited && kinds.length >= rules.least.kinds, `${cited.length} cited, ${kinds.length} kinds`];
  },
  markers({ text, evidence }) {
    const stray = [...new Set(memoMarkers(text).filter((number) => number < 1 || number > evidence.length))];
    return [stray.length === 0, stray.map((number) => `[${number}]`).join(", ")];
  },
  counter({ fields }, rules) {
    const count = memoWords(fields.counter ?? "");
    return [count >= rules.least.counter, `${count} words`];
  },
  likelihood({ fields }, rules) {
    const text = fields.likelihood ?? "";
    const terms = memoFound(text, rules.likelihood.flatMap(({ words }) => words));
    const shares = text.match(/[0-9]+(?= ?(?:%|per ?cent))/g) ?? [];
    return [terms.length > 0 && shares.length > 0, [...terms, ...shares.map((share) => `${share}%`)].join(", ")];
  },
  band({ fields }, rules) {
    const text = fields.likelihood ?? "";
    const terms = memoFound(text, rules.likelihood.flatMap(({ words }) => words));
    const shares = (text.match(/[0-9]+(?= ?(?:%|per ?cent))/g) ?? []).map(Number);
    const bands = rules.likelihood.filter(({ words }) => terms.some((term) => words.includes(term)));
    const met = bands.length > 0 && shares.length > 0 && bands.every(({ low, high }) => shares.every((share) => low <= share && share <= high));
    return [met, bands.map(({ words, low, high }) => `${words[0]} ${low}–${high}%`).join(", ")];
  },
  confidence({ fields }, rules) {
    const found = memoFound(fields.confidence ?? "", rules.confidence);
    return [found.length > 0, found.join(", ")];
  },
  apart({ text }, rules) {
    const terms = rules.likelihood.flatMap(({ words }) => words);
    const mixed = memoSentences(text).filter((sentence) => memoFound(sentence, ["confidence", "confident"]).length && memoFound(sentence, terms).length);
    return [mixed.length === 0, mixed.length ? memoOpening(mixed[0]) : ""];
  },
  numbers({ fields }, rules) {
    const bare = rules.prose.flatMap((name) => memoSentences(fields[name] ?? "")).filter((sentence) => /[0-9]/.test(memoBare(sentence)) && memoMarkers(sentence).length === 0);
    return [bare.length === 0, bare.length ? memoOpening(bare[0]) : ""];
  },
  known({ evidence, cited }, rules) {
    const late = cited.filter(({ known }) => known > rules.day);
    return [late.length === 0, late.map((one) => `[${evidence.indexOf(one) + 1}]`).join(", ")];
  },
  status({ text, evidence, cited }, rules) {
    const silent = cited.filter((one) => {
      const words = rules.status[one.status];
      const place = evidence.indexOf(one) + 1;
      return words && !memoSentences(text).some((sentence) => memoMarkers(sentence).includes(place) && memoFound(sentence, words).length);
    });
    return [silent.length === 0, silent.map((one) => `[${evidence.indexOf(one) + 1}] ${one.status}`).join(", ")];
  },
  flashpoint({ fields }, rules) {
    const text = fields.flashpoint ?? "";
    return [memoWords(text) >= rules.least.flashpoint && memoFound(text, ["if", "when", "once", "unless"]).length > 0, `${memoWords(text)} words`];
  },
  length({ text }, rules) {
    const count = memoWords(text);
    return [rules.least.words <= count && count <= rules.most.words, `${count} words`];
  },
};

/** What a careful reader says of a memo {fields, evidence}: [{rule, ok, text}], in the order of `rules.texts`. */
export function memoLint(memo, rules) {
  const fields = memo?.fields ?? {};
  const evidence = memo?.evidence ?? [];
  const text = rules.order.map((name) => fields[name] ?? "").join("\n");
  const cited = [...new Set(memoMarkers(text))].filter((number) => number >= 1 && number <= evidence.length).sort((one, other) => one - other).map((number) => evidence[number - 1]);
  return Object.entries(rules.texts).map(([rule, { good, bad }]) => {
    const [ok, found] = MEMO_RULES[rule]({ fields, evidence, text, cited }, rules);
    return { rule, ok, text: (ok ? good : bad).replaceAll("{found}", () => found) };
  });
}

/** `text` after item `number` was taken from the list: its own markers go, higher ones move down. */
export function memoRenumbered(text, number) {
  return text.replace(/ ?\[([0-9]{1,3})\]/g, (marker, digits) => {
    const other = Number(digits);
    if (other === number) return "";
    return other > number ? marker.replace(digits, String(other - 1)) : marker;
  });
}

/** The last day of what words of a date name ("27 November 2024: …", "February 2026"), as ISO text; else "". */
export function memoDay(words) {
  const [, day, name, year] = new RegExp(`^(?:([0-9]{1,2}) )?(${MEMO_MONTH}) ([0-9]{4})`).exec(words ?? "") ?? [];
  if (!year) return "";
  const month = MEMO_MONTHS.indexOf(name) + 1;
  const last = day ?? new Date(Date.UTC(Number(year), month, 0)).getUTCDate();
  return `${year}-${String(month).padStart(2, "0")}-${String(last).padStart(2, "0")}`;
}

/** An ISO day in words. */
export function memoSpelled(day) {
  const [year, month, date] = (day ?? "").split("-").map(Number);
  return year && month && date ? `${date} ${MEMO_MONTHS[month - 1]} ${year}` : "";
}

import { memoMarkers, memoSpelled } from "./memorules.js";

// A memo as text: Markdown, and a web page of its own that asks for nothing and runs nothing.

const memoEscaped = (text) => String(text).replace(/[&<>"']/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" })[sign]);
// What the collection wrote is literal; what the reader wrote may use Markdown, but no markup of HTML.
const memoQuotedMarkdown = (text) => String(text).replace(/[\\`*_[\]#|~]/g, "\\$&").replaceAll("<", "&lt;").replace(/[\n\r]+/g, " ");
const memoOwnMarkdown = (text) => text.replaceAll("<", "&lt;");
const memoWeb = (address) => (/^https?:\/\/[^\s<>()"']*$/i.test(address ?? "") ? address : "");

/** The evidence that the text of a memo cites: [{number, item}]. */
export function memoReferences(memo, fields) {
  const cited = new Set(memoMarkers(fields.map(({ name }) => memo.fields[name] ?? "").join("\n")));
  return memo.evidence.map((item, at) => ({ number: at + 1, item })).filter(({ number }) => cited.has(number));
}

/** What stands behind the title of a piece of evidence: kind, status, the day by which it was public. */
export function memoAbout({ kind, status, known }) {
  return [kind, status, known ? `public by ${memoSpelled(known)}` : ""].filter(Boolean).join(", ");
}

const memoParts = (memo, fields) => {
  const filled = fields.filter(({ name }) => (memo.fields[name] ?? "").trim());
  return { head: filled.filter(({ head }) => head), body: filled.filter(({ head }) => !head) };
};

/** The memo as Markdown. */
export function memoMarkdown(memo, { title, fields, foot }) {
  const { head, body } = memoParts(memo, fields);
  const references = memoReferences(memo, fields).map(({ number, item }) => {
    const sources = item.sources.map(({ text, url }) => `${memoQuotedMarkdown(text)}${memoWeb(url) ? ` <${memoWeb(url)}>` : ""}`);
    return `${number}. ${memoQuotedMarkdown(item.title)} (${memoQuotedMarkdown(memoAbout(item))}). ${sources.join("; ")}`;
  });
  return [`# ${title}`, head.map(({ name, label }) => `**${label}:** ${memoOwnMarkdown(memo.fields[name].trim().replace(/[\n\r]+/g, " "))}`).join("  \n"),
    ...body.map(({ name, label }) => `## ${label}\n\n${memoOwnMarkdown(memo.fields[name].trim())}`),
    ...(references.length ? [`## References\n\n${references.join("\n")}`] : []), `*${foot}*`].filter(Boolean).join("\n\n") + "\n";
}

const MEMO_PAPER = "body{font:16px/1.5 Georgia,serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#1b1f27;background:#fff;overflow-wrap:anywhere}h1{font-size:1.5rem}h2{font-size:1.1rem;margin:1.2rem 0 .2rem}dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem .8rem;border-bottom:1px solid #737b87;padding-bottom:.8rem}dt{font-weight:700}dd{margin:0}p{margin:.3rem 0}li{margin:.3rem 0}footer{color:#525a67;font-size:.85rem;margin-top:2rem}";

/** The memo as a web page. */
export function memoPage(memo, { title, fields, foot }) {
  const { head, body } = memoParts(memo, fields);
  const cited = new Set(memoReferences(memo, fields).map(({ number }) => String(number)));
  const linked = (text) => memoEscaped(text).replace(/\[([0-9]{1,3})\]/g, (marker, number) => (cited.has(number) ? `<a href="#r${number}">${marker}</a>` : marker));
  const paragraphs = (text) => text.trim().split(/(?:\r?\n)+/).map((line) => `<p>${linked(line)}</p>`).join("\n");
  const source = ({ text, url }) => (memoWeb(url) ? `<a href="${memoEscaped(url)}">${memoEscaped(text)}</a>` : memoEscaped(text));
  const references = memoReferences(memo, fields).map(({ number, item }) => `<li id="r${number}" value="${number}">${memoEscaped(item.title)} (${memoEscaped(memoAbout(item))}). ${item.sources.map(source).join("; ")}</li>`);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${memoEscaped(title)}</title>
<style>${MEMO_PAPER}</style></head><body><main><h1>${memoEscaped(title)}</h1>
<dl>${head.map(({ name, label }) => `<dt>${memoEscaped(label)}</dt><dd>${memoEscaped(memo.fields[name].trim())}</dd>`).join("")}</dl>
${body.map(({ name, label }) => `<h2>${memoEscaped(label)}</h2>\n${paragraphs(memo.fields[name])}`).join("\n")}
${references.length ? `<h2>References</h2>\n<ol>${references.join("\n")}</ol>` : ""}
</main><footer>${memoEscaped(foot)}</footer></body></html>
`;
}

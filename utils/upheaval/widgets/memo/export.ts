import { about } from "../core/evidence.ts";
import { MARKER } from "./sentences.ts";
import { markers } from "./rules.ts";
import { quoted } from "../core/says.ts";
import type { Evidence, KeptMemo, Link, MemoFieldSpec, MemoSpec } from "../core/protocol.ts";

export { about };

// A memo as text: Markdown, and a web page of its own that asks for nothing and runs nothing.

/** What of its spec a memo's text needs. */
type Around = Pick<MemoSpec, "title" | "fields" | "foot" | "says"> & {
  /** Who wrote it and when; nothing where no sign is given. */
  by?: string;
  /** The file of work that a page holds, so that all who read our files read it, too. */
  work?: string;
};

const ENTITIES: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};
// Evidence may have come from a file that somebody edited, so it is made text first.
const escaped = (text: string) => String(text).replace(/[&<>"']/g, (sign) => ENTITIES[sign]);
// What the collection wrote is literal; what the reader wrote may use Markdown, but no markup of
// HTML.
const quotedMarkdown = (text: string) =>
  String(text).replace(/[\\`*_[\]#|~]/g, "\\$&").replaceAll("<", "&lt;").replace(/[\n\r]+/g, " ");
const ownMarkdown = (text: string) => text.replaceAll("<", "&lt;");
const webAddress = (address: string | undefined) =>
  address && /^https?:\/\/[^\s<>()"']*$/i.test(address) ? address : "";

// Written in one piece it would end the script that it stands in.
const COMMENT = ["<!", " -->"].join("--");

/** A piece of evidence that a memo cites, with its number. */
export interface Cited {
  number: number;
  item: Evidence;
}

/**
 * What a source says of a piece of evidence, in quotation marks; empty where none is known. The
 * memo's own sentences are of its day: what came with the row from a chart stands in for them.
 */
export function saidOf(item: Evidence, all: MemoSpec["says"]): string {
  const says = Object.hasOwn(all, item.id) ? all[item.id] : item.says;
  return says ? quoted(says) : "";
}

/** The evidence that the text of a memo cites. */
export function references(memo: KeptMemo, fields: { name: string }[]): Cited[] {
  const text = fields.map(({ name }) => memo.fields[name] ?? "").join("\n");
  const cited = new Set(markers(text));
  return memo.evidence.map((item, at) => ({ number: at + 1, item }))
    .filter(({ number }) => cited.has(number));
}

/** The fields with a text, those above it and those in it. */
export function filledFields(memo: KeptMemo, fields: MemoFieldSpec[]) {
  const filled = fields.filter(({ name }) => (memo.fields[name] ?? "").trim());
  return { head: filled.filter(({ head }) => head), body: filled.filter(({ head }) => !head) };
}

/** The memo as Markdown. */
export function markdown(memo: KeptMemo, { title, fields, foot, says, by }: Around): string {
  const { head, body } = filledFields(memo, fields);
  const source = ({ text, url }: Link) =>
    `${quotedMarkdown(text)}${webAddress(url) ? ` <${webAddress(url)}>` : ""}`;
  const cited = references(memo, fields).map(({ number, item }, at, all) => {
    const sources = item.sources.map(source).join("; ");
    const told = quotedMarkdown(about(item));
    const said = saidOf(item, says);
    const row = `${number}. ${quotedMarkdown(item.title)} (${told}). ${sources}` +
      (said && ` ${quotedMarkdown(said)}`);
    // A list of Markdown counts on from its first number: where one is left out, another begins.
    return at && all[at - 1].number < number - 1 ? `\n${COMMENT}\n\n${row}` : row;
  });
  const line = ({ name, label }: MemoFieldSpec) =>
    `**${label}:** ${ownMarkdown(memo.fields[name].trim().replace(/[\n\r]+/g, " "))}`;
  const parts = [
    `# ${title}`,
    head.map(line).join("  \n"),
    ...body.map(({ name, label }) => `## ${label}\n\n${ownMarkdown(memo.fields[name].trim())}`),
    ...(cited.length ? [`## References\n\n${cited.join("\n")}`] : []),
    `*${foot}*`,
    by ? quotedMarkdown(by) : "",
  ];
  return parts.filter(Boolean).join("\n\n") + "\n";
}

const PAPER = "body{font:16px/1.5 Georgia,serif;max-width:44rem;margin:2rem auto;padding:0 1rem;" +
  "color:#1b1f27;background:#fff;overflow-wrap:anywhere}h1{font-size:1.5rem}" +
  "h2{font-size:1.1rem;margin:1.2rem 0 .2rem}dl{display:grid;" +
  "grid-template-columns:max-content 1fr;gap:.1rem .8rem;border-bottom:1px solid #737b87;" +
  "padding-bottom:.8rem}dt{font-weight:700}dd{margin:0}p{margin:.3rem 0}li{margin:.3rem 0}" +
  "footer{color:#525a67;font-size:.85rem;margin-top:2rem}";
const POLICY = "default-src 'none'; style-src 'unsafe-inline'";

// In pieces, so that the script of a lesson's page is not taken for a memo with work in it.
const [HELD, ENDS] = [["<template", 'class="my-work">'].join(" "), "</template>"];

/** A file of work inside a page: text that nobody sees, and `workFileIn` reads. */
function held(work: string | undefined): string {
  if (work === undefined) return "";
  const inert = work.replaceAll("<", "\\u003c").replaceAll("&", "\\u0026");
  return `\n${HELD}${inert}${ENDS}`;
}

/** The memo as a web page. */
export function webPage(memo: KeptMemo, { title, fields, foot, says, by, work }: Around): string {
  const { head, body } = filledFields(memo, fields);
  const all = references(memo, fields);
  const cited = new Set(all.map(({ number }) => String(number)));
  const toRow = (number: string, text: string) => `<a href="#r${number}">${text}</a>`;
  const linked = (text: string) =>
    escaped(text).replace(
      MARKER,
      (marker, numbers) =>
        cited.has(numbers) ? toRow(numbers, marker) : marker.replace(
          /[0-9]+/g,
          (number) => cited.has(number) ? toRow(number, number) : number,
        ),
    );
  const paragraphs = (text: string) =>
    text.trim().split(/(?:\r?\n)+/).map((line) => `<p dir="auto">${linked(line)}</p>`).join("\n");
  const source = ({ text, url }: Link) =>
    webAddress(url) ? `<a href="${escaped(webAddress(url))}">${escaped(text)}</a>` : escaped(text);
  const said = (item: Evidence) => {
    const text = saidOf(item, says);
    return text && `<br>${escaped(text)}`;
  };
  const listed = all.map(({ number, item }) =>
    `<li id="r${number}" value="${number}">${escaped(item.title)} (${escaped(about(item))}). ` +
    `${item.sources.map(source).join("; ")}${said(item)}</li>`
  );
  const above = head.map(({ name, label }) =>
    `<dt>${escaped(label)}</dt><dd dir="auto">${escaped(memo.fields[name].trim())}</dd>`
  );
  const text = body.map(({ name, label }) =>
    `<h2>${escaped(label)}</h2>\n${paragraphs(memo.fields[name])}`
  );
  const metadata = [
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)}</title>`,
  ];
  return `<!doctype html>
<html lang="en"><head>${metadata.join("")}
<style>${PAPER}</style></head><body><main><h1>${escaped(title)}</h1>
<dl>${above.join("")}</dl>
${text.join("\n")}
${listed.length ? `<h2>References</h2>\n<ol>${listed.join("\n")}</ol>` : ""}
</main><footer>${escaped(foot)}${by ? `<br><bdi>${escaped(by)}</bdi>` : ""}</footer>${
    held(work)
  }</body></html>
`;
}

import { readNumber } from "./marking.js";

// The forecasts of a class: read from files that others saved, or from rows pasted out of a table. Whatever comes in is
// only read; what cannot be is named and left out.

/** The rows of a CSV text with commas, semicolons or tabs between cells. */
export function pastedRows(text) {
  const head = text.replace(/^\ufeff/, "").trimStart();
  const comma = [",", ";", "\t"].find((one) => head.split(/[\r\n]/, 1)[0].includes(one)) ?? ",";
  const rows = [[""]];
  let quoted = false;
  for (let at = 0; at < head.length; at += 1) {
    const letter = head[at];
    const row = rows.at(-1);
    if (quoted && letter === '"' && head[at + 1] === '"') { row[row.length - 1] += '"'; at += 1; }
    else if (letter === '"') quoted = !quoted;
    else if (!quoted && letter === comma) row.push("");
    else if (!quoted && /[\r\n]/.test(letter)) rows.push([""]);
    else row[row.length - 1] += letter;
  }
  return rows.map((row) => row.map((cell) => cell.trim())).filter((row) => row.some(Boolean));
}

/** One number from 0 to 100 in anything that a reader or a file may hold, or null. */
export function percentIn(value) {
  if (typeof value === "number") return value >= 0 && value <= 100 ? value : null;
  const found = readNumber(value);
  return found && found[0] === found[1] && found[0] >= 0 && found[0] <= 100 && !/[km]|thousand|bn/i.test(String(value)) ? found[0] : null;
}

// When it was locked tells two members apart who gave no name and said the same.
function memberOf(name, locked, entries, ids) {
  const said = entries.filter(({ id, percent, known }) => ids.includes(id) && percentIn(percent) !== null && known !== true && known !== "yes");
  return { name, locked, percents: Object.fromEntries(said.map(({ id, percent }) => [id, percentIn(percent)])) };
}

// Each header line begins a new table, so that files may be pasted one under another.
function membersInRows(rows, ids) {
  const groups = new Map();
  let head = null;
  let table = 0;
  for (const row of rows) {
    const names = row.map((cell) => cell.toLowerCase());
    if (names.includes("id") && names.includes("percent")) { head = names; table += 1; continue; }
    if (!head) continue;
    const cell = (name) => row[head.indexOf(name)] ?? "";
    const key = `${table} ${cell("name")}`;
    groups.set(key, [...(groups.get(key) ?? []), { name: cell("name"), locked: cell("locked"), id: cell("id"), percent: cell("percent"), known: cell("known").toLowerCase() }]);
  }
  return head && [...groups.values()].map((entries) => memberOf(entries[0].name, entries[0].locked, entries, ids));
}

/** The members in a text, JSON or CSV: {members} or {problem}, a reason in words. `about`, `key` and `ids` say which forecasts are meant. */
export function membersIn(text, { about, key, questions }) {
  const ids = questions.map(({ id }) => id);
  let content = null;
  try { content = JSON.parse(text); } catch { content = null; }
  let members = null;
  if (content === null) {
    members = membersInRows(pastedRows(text), ids);
    if (!members) return { problem: "it is neither a file of forecasts nor a table with the columns id and percent" };
  } else {
    if (content.about !== about || !Array.isArray(content.forecasts)) return { problem: "it was not saved here as a file of forecasts" };
    if (content.key !== key) return { problem: "its forecasts are about other questions" };
    members = [memberOf(String(content.name ?? ""), String(content.locked ?? ""), content.forecasts.filter((one) => typeof one === "object" && one !== null), ids)];
  }
  const found = members.filter(({ percents }) => Object.keys(percents).length);
  return found.length ? { members: found } : { problem: "it holds no forecast from 0 to 100 for these questions" };
}

/** `members` and then `more`, without those who are there already; and the names of these. */
export function joinedMembers(members, more) {
  const marks = new Set(members.map((one) => JSON.stringify(one)));
  const twice = [];
  const all = [...members];
  for (const one of more) {
    const mark = JSON.stringify(one);
    if (marks.has(mark)) twice.push(one.name || "somebody without a name");
    else all.push(one);
    marks.add(mark);
  }
  return { members: all, twice };
}

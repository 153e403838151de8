import type { Story } from "../core/protocol.ts";
import { listed } from "../core/wording.ts";

// Titles that tell what became public and what changed. `upheaval/stories.py` says what a story is
// and has the rule in words; tests/cases/row_filters.json holds the two equal.

const LONGEST = 110;
const MOST = 4;
const TRIED = 4;

/**
 * Where a reader stands: the rows on show, all rows of the last stop and its ISO day, and the words
 * of both.
 */
export interface Stop {
  rows: number[];
  when: string[];
  statuses: string[];
  before: number[] | null;
  last: string;
  since: string | null;
  label: string;
  moment: string | null;
  asked: string[];
}

/** The rows on show whose thing was not public at the last stop; none at the first. */
const newRows = (story: Story, stop: Stop) =>
  laterRows(story, stop).filter((row) => !perhapsBefore(story, stop, row));

/** The rows on show of which no day is known that says whether they are new. */
const perhapsNew = (story: Story, stop: Stop) =>
  laterRows(story, stop).filter((row) => perhapsBefore(story, stop, row));

const perhapsBefore = ({ vague }: Story, { since }: Stop, row: number) =>
  since !== null && (vague[row] ?? "9999") <= since;

function laterRows(story: Story, { rows, before }: Stop): number[] {
  if (!before) return [];
  const known = new Set(before.map((row) => thing(story, row)));
  return rows.filter((row) => !known.has(thing(story, row)));
}

/** The rows on show whose thing had another sign at the last stop. */
export function changedRows(story: Story, stop: Stop): number[] {
  const was = signsBefore(story, stop);
  return stop.rows.filter((row) => {
    const before = was.get(thing(story, row));
    return before !== undefined && before !== signOf(story, stop, row);
  });
}

/** What the rows on show tell: of one that is new, of what changed, or of the first of all. */
export function storyTitle(story: Story, stop: Stop): string {
  const [fresh, changed] = [newRows(story, stop), changedRows(story, stop)];
  if (changed.length && !fresh.length) return ofChange(story, stop, changed);
  const leads = [fresh, stop.rows].flatMap((rows) =>
    ranked(story, rows).filter((row) => !story.silent.includes(row)).slice(0, TRIED)
  );
  return firstFitting([
    ...leads.flatMap((lead) => triedOf(story, stop, lead, changed)),
    ...withoutLead(story, stop, changed),
  ]);
}

/** The first of several titles, the fullest first, that is short enough; else the last. */
const firstFitting = (tried: string[]) =>
  tried.find((one) => one.length <= LONGEST) ?? tried[tried.length - 1];

/** The titles that tell of a row, the fullest first. */
function triedOf(story: Story, stop: Stop, lead: number, changed: number[]): string[] {
  const [said, where] = [story.headlines[lead], askedIn(stop)];
  const dated = daysOf(story, stop, lead).map((day) => where ? `${where}, ${day}: ` : begun(day));
  const tails = tailsOf(story, stop, lead, changed);
  return [dated, [where ? `${where}: ` : ""]].flatMap((heads) =>
    tails.flatMap((tail) => heads.map((head) => `${head}${said}${tail}`))
  );
}

/** What is new and what changed since the last stop, by name; nothing at the first stop. */
export function storyNews(story: Story, stop: Stop): string {
  if (!stop.before) return "";
  const named = (rows: number[]) => ranked(story, rows).map((row) => nameOf(story, row));
  const told = listedNews(
    named(newRows(story, stop)),
    stop.last,
    named(perhapsNew(story, stop)),
  );
  const groups = changesOf(story, stop, changedRows(story, stop)).map(({ was, now, rows }) =>
    `${few(rows.map((row) => changedName(story, row)))} (${now}, was ${was})`
  );
  return groups.length ? `${told} Changed: ${groups.join("; ")}.` : told;
}

/** What is new since the last stop, by name, and what may be: no day of it is known. */
function listedNews(names: string[], last: string, perhaps: string[]): string {
  const since = names.length ? "" : ` since ${last}`;
  const told = [
    ...(names.length ? [`New since ${last}: ${few(names)}.`] : []),
    ...(perhaps.length ? [`Perhaps new${since} (no exact day is known): ${few(perhaps)}.`] : []),
  ];
  return told.join(" ") || `Nothing new since ${last}.`;
}

/** The first rows on show as sentences, in their order, each with its day and sign. */
export function storyTold(story: Story, stop: Stop, most = 3): string {
  const [fresh, changed] = [newRows(story, stop), changedRows(story, stop)];
  const from = fresh.length ? fresh : changed.length ? changed : stop.rows;
  const rows = ranked(story, from).slice(0, most).sort((one, other) => one - other);
  const said = (row: number) => `${daysOf(story, stop, row)[0]}: ${story.headlines[row]}`;
  return rows.map((row) => `${said(row)}${signTold(story, stop, row)}.`).join(" ");
}

/** A row's sign in brackets, with its object where that is less than the headline. */
function signTold(story: Story, stop: Stop, row: number): string {
  const [sign, object] = [signOf(story, stop, row), story.objects[row]];
  return sign ? ` (${sign}${object ? `: ${object}` : ""})` : "";
}

function ranked({ leading }: Story, rows: number[]): number[] {
  const places = new Map(leading.map((row, at) => [row, at]));
  const place = (row: number) => places.get(row) ?? leading.length;
  return [...rows].sort((one, other) => place(one) - place(other) || other - one);
}

const nameOf = ({ names, headlines }: Story, row: number) => names[row] ?? headlines[row];

const changedName = (story: Story, row: number) =>
  story.objects[row] ? `${nameOf(story, row)} [${story.objects[row]}]` : nameOf(story, row);

/** The sign and word of a row's status; empty where rows have none. */
const signOf = ({ signs }: Story, { statuses }: Stop, row: number) => signs[statuses[row]] ?? "";

const thing = ({ phases }: Story, row: number) => phases[row] ?? row;

const signsBefore = (story: Story, stop: Stop) =>
  new Map((stop.before ?? []).map((row) => [thing(story, row), signOf(story, stop, row)]));

interface Change {
  was: string;
  now: string;
  rows: number[];
}

/** What changed, the change of most rows first. */
function changesOf(story: Story, stop: Stop, changed: number[]): Change[] {
  const before = signsBefore(story, stop);
  const groups: Change[] = [];
  for (const row of ranked(story, changed)) {
    const [was, now] = [before.get(thing(story, row)) ?? "", signOf(story, stop, row)];
    const group = groups.find((one) => one.was === was && one.now === now);
    if (group) group.rows.push(row);
    else groups.push({ was, now, rows: [row] });
  }
  return groups.sort((one, other) => other.rows.length - one.rows.length);
}

function ofChange(story: Story, stop: Stop, changed: number[]): string {
  const [{ rows }] = changesOf(story, stop, changed);
  const such = `, ${changed.length > 1 ? "such as " : ""}“${nameOf(story, rows[0])}”`;
  const [whole, signs] = [undefined, 1].map((cut) =>
    `${stop.label}: ${marksChanged(story, stop, changed, cut)}`
  );
  return firstFitting([`${whole}${such}`, `${signs}${such}`, whole, signs]);
}

/** How many marks change from which sign to which, all that do; `cut` leaves only the sign. */
function marksChanged(story: Story, stop: Stop, changed: number[], cut?: number): string {
  const groups = changesOf(story, stop, changed);
  const way = ({ was, now }: Change) => `from ${was.slice(0, cut)} to ${now.slice(0, cut)}`;
  if (groups.length === 1) return `${marksChange(changed.length)} ${way(groups[0])}`;
  const each = groups.map((group) => `${group.rows.length} ${way(group)}`);
  return `${marksChange(changed.length)}, ${listed(each)}`;
}

const marksChange = (count: number) => count > 1 ? `${count} marks change` : "one mark changes";

/** What may stand behind a headline, the best first: who denies it, or what else changed. */
function tailsOf(story: Story, stop: Stop, lead: number, changed: number[]): string[] {
  const [object, sign] = [story.objects[lead], signOf(story, stop, lead)];
  const asked = stop.asked.includes(sign);
  if (object && asked) return [` (${object})`];
  if (story.denials[lead]?.length && !asked) {
    const denied = deniedBy(story, stop, lead);
    return [...(denied ? [`. ${denied}.`] : []), " (disputed)"];
  }
  if (!changed.length) return [story.signed && sign && !asked ? ` (${sign})` : ""];
  return [
    `; ${marksChanged(story, stop, changed, 1)}`,
    `; ${marksChange(changed.length)}`,
    "",
  ];
}

/** Who denies what a row says, of what was public at the stop, and who had denied it before. */
function deniedBy(story: Story, { moment }: Stop, lead: number): string {
  const known = story.denials[lead].filter(([day]) => day && (moment === null || day <= moment));
  const now = [...new Set(known.filter(([, , before]) => !before).map(([, who]) => who))];
  const had = [...new Set(known.map(([, who]) => who))].filter((who) => !now.includes(who));
  const verb = now.length === 1 ? "denies" : "deny";
  return [
    ...(had.length ? [`${listed(had)} had denied such reports`] : []),
    ...(now.length ? [`${listed(now)} ${verb} it`] : []),
  ].join("; ");
}

/** The day of a row, the fullest first: with the day that made it public, or that day alone. */
function daysOf(story: Story, { when }: Stop, row: number): string[] {
  const known = story.public[row];
  return known ? [`${when[row]} (public ${known})`, `public ${known}`] : [when[row]];
}

/** A day at the beginning of a title. */
const begun = (day: string) => `${capital(day)}: `;

const capital = (text: string) => `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;

/** What was asked for, at the beginning of a title: with a capital, whatever a list has. */
const askedIn = (stop: Stop) => capital(stop.asked.join(" · "));

/** The titles where no headline fits below what was asked: one alone, names, or a count. */
function withoutLead(story: Story, stop: Stop, changed: number[]): string[] {
  const { rows, when, asked } = stop;
  const where = asked.length ? `${askedIn(stop)}: ` : "";
  const days = dates(when[rows[0]], when[rows[rows.length - 1]]);
  const names = few(ranked(story, rows).map((row) => nameOf(story, row)));
  const counted = rows.length > 1 ? `${rows.length} ${story.noun}s` : `one ${story.noun}`;
  const single = rows.length === 1 && !story.silent.includes(rows[0]) ? rows : [];
  const alone = single.flatMap((row) =>
    [...daysOf(story, stop, row).map(begun), ""].flatMap((head) =>
      tailsOf(story, stop, row, changed).map((tail) => `${head}${story.headlines[row]}${tail}`)
    )
  );
  const named = !rows.some((row) => story.silent.includes(row));
  const byName = named ? [`${where}${names}, ${days}`, `${where}${names}`] : [];
  return [...alone, ...byName, `${where}${counted}, ${days}`];
}

/** From one date in words to another; one of them where it says all. */
const dates = (first: string, last: string) =>
  first === last || first.endsWith(` ${last}`) ? last : `${first} to ${last}`;

/** The same within a sentence: "from … to …", "on 23 October 2024", "in October 2024". */
export function fromTo(first: string, last: string): string {
  const told = dates(first, last);
  if (told !== last) return `from ${told}`;
  return /^\d.* /.test(told) ? `on ${told}` : `in ${told}`;
}

/** How many of all, before a noun: "3 of the 12", "all 12", "both". */
export function share(count: number, total: number): string {
  if (count < total || total < 2) return `${count} of the ${total}`;
  return total === 2 ? "both" : `all ${total}`;
}

/** The first names of a list, each once, and how many more there are. */
function few(all: string[]): string {
  const counts = new Map<string, number>();
  for (const name of all) counts.set(name, (counts.get(name) ?? 0) + 1);
  const names = [...counts].map(([name, often]) => often === 1 ? name : `${name} (${often})`);
  if (names.length <= MOST + 1) return names.join(" · ");
  return `${names.slice(0, MOST).join(" · ")} · and ${names.length - MOST} more`;
}

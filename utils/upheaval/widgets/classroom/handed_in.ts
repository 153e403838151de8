import type { FoundFile, ReadingLimits } from "./data.ts";
import { type Refused, unzipped, zipEntries, type ZipEntry } from "./zip.ts";

// Files that are dropped on the page of a class, ZIPs among them, read as the command reads those
// in its folder (`classroom/reading.py`; the tests run both on the same files): the same ones are
// left out, in the same words.

/** A file as a browser hands it over. */
export interface GivenFile {
  name: string;
  /** Milliseconds. */
  lastModified: number;
  content: Blob;
}

/** Files that may hold work, and a sentence on each thing that could not be read. */
export interface Read {
  files: FoundFile[];
  problems: string[];
}

/** Files that may hold work; a page only if a memo was saved as one. */
const TEXTS = new Set([".json", ".csv", ".html", ".htm"]);
const PAGES = new Set([".html", ".htm"]);
/**
 * What stands in a page that holds a file of work: `webPage` in `memo/export.ts`. It is written so
 * that the page of a class, in which this stands, is none.
 */
const HELD = /<template class="(?:my-work)">/;
/** What systems leave beside files; nobody handed it in. */
const LITTER = new Set(["thumbs.db", "desktop.ini", ".ds_store"]);
const LITTER_BEGINS = ["._", "__MACOSX", ".my_work", ".git"];
/** As many files of other kinds are named one by one. */
const NAMED = 6;
const MEGABYTE = 1_000_000;

const isLitter = (name: string) =>
  LITTER.has(name.toLowerCase()) || LITTER_BEGINS.some((begin) => name.startsWith(begin));

/** The folders and the name of a file in a ZIP; nothing of a folder, and of litter. */
function namesIn({ name }: ZipEntry): string[] {
  const names = name.split(/[/\\]/).filter((one) => one !== "" && one !== ".");
  return name.endsWith("/") || names.some(isLitter) ? [] : names;
}

/**
 * What stands behind the last full stop of a name, in small letters; some programs put .txt behind
 * the ending that it had.
 */
const endingOf = (place: string) =>
  /[^/](\.[^./]+)$/.exec(place.replace(/(?<=[^/]\.json)\.txt$/i, ""))?.[1].toLowerCase() ?? "";

/** A place without signs that would change how a line is shown. */
const shown = (place: string) => place.replace(/[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu, "?");

const DAMAGED = "it was damaged on its way";
const LINKED = "it is a link to another place, and links are not followed";
const REFUSED: Record<Refused, string> = {
  damaged: DAMAGED,
  large: "unpacked it is too large",
  password: "it has a password",
  method: "it is packed in a way that no browser opens: unpack the ZIP, and drop what is in it",
};

/** The text in bytes; a table may come from an older Excel. */
export function decodedText(bytes: Uint8Array<ArrayBuffer>, ending: string): string | null {
  const [first, second] = bytes;
  const wide = first === 0xff && second === 0xfe
    ? "utf-16le"
    : first === 0xfe && second === 0xff
    ? "utf-16be"
    : null;
  for (const label of wide ? [wide] : ["utf-8", ...(ending === ".csv" ? ["windows-1252"] : [])]) {
    try {
      const text = new TextDecoder(label, { fatal: true }).decode(bytes);
      return text.includes("\0") ? null : text;
    } catch {
      continue;
    }
  }
  return null;
}

/** Reads files one after the other, and remembers what was found. */
class Reading {
  readonly found: Read = { files: [], problems: [] };
  readonly #limits: ReadingLimits;
  readonly #others: string[] = [];
  #size = 0;

  constructor(limits: ReadingLimits) {
    this.#limits = limits;
  }

  /** Whether as much was read as may be: that is said once. */
  isFull(): boolean {
    const { mostFiles, allTogether } = this.#limits;
    if (this.found.files.length < mostFiles && this.#size < allTogether) return false;
    const problem = `More than ${mostFiles} files, or more than ` +
      `${Math.floor(allTogether / MEGABYTE)} MB: the rest was left out. Read one class at a time.`;
    if (!this.found.problems.includes(problem)) this.found.problems.push(problem);
    return true;
  }

  /** Names the files of other kinds, when all are read. */
  end(): Read {
    const places = this.#others;
    if (places.length) {
      const more = places.length > NAMED ? ` and ${places.length - NAMED} more` : "";
      const [was, it] = places.length === 1 ? ["is no file", "it"] : ["are no files", "them"];
      this.found.problems.push(
        `${places.slice(0, NAMED).join(", ")}${more} ${was} of answers (these end in .json): ` +
          `left out, look at ${it} yourself.`,
      );
    }
    return this.found;
  }

  #leave(place: string, why: string): void {
    this.found.problems.push(`${shown(place)} was left out: ${why}.`);
  }

  /** Takes a file that was handed over as it is. */
  async file({ name, lastModified, content }: GivenFile): Promise<void> {
    if (endingOf(name) === ".zip") return await this.#zip(name, content, 0);
    const changed = new Date(lastModified).toISOString();
    await this.#text(name, changed, content.size, async () => {
      try {
        return new Uint8Array(await content.arrayBuffer());
      } catch { // a browser hands over a folder as a file that cannot be read
        return "it could not be read: if it is a folder, choose the files in it, or a ZIP of it";
      }
    });
  }

  /** Takes what may hold work; `bytes` gives what stands in it, or why that cannot be had. */
  async #text(
    place: string,
    changed: string,
    size: number,
    bytes: () => Promise<Uint8Array<ArrayBuffer> | string>,
  ): Promise<void> {
    const ending = endingOf(place);
    const { largestFile } = this.#limits;
    if (!TEXTS.has(ending)) {
      this.#others.push(shown(place));
      return;
    }
    if (size > largestFile) {
      const most = `${Math.floor(largestFile / MEGABYTE)} MB`;
      return this.#leave(place, `it is larger than ${most}, and no work of ours is`);
    }
    const content = await bytes();
    if (typeof content === "string") return this.#leave(place, content);
    this.#size += content.length;
    const text = decodedText(content, ending);
    if (PAGES.has(ending) && !HELD.test(text ?? "")) this.#others.push(shown(place));
    else if (text === null) this.#leave(place, `it is no text, or ${DAMAGED}`);
    else this.found.files.push({ place: shown(place), changed, text });
  }

  /** Takes what stands in a ZIP, and in ZIPs in it. */
  async #zip(place: string, zip: Blob, depth: number): Promise<void> {
    const { deepest, mostEntries, largestZip } = this.#limits;
    if (depth >= deepest) {
      return this.#leave(place, `more than ${deepest} ZIPs in one another`);
    }
    if (zip.size > largestZip) return this.#leave(place, "it is too large");
    const entries = await zipEntries(zip, mostEntries).catch(() => null);
    if (entries === null) {
      return this.#leave(place, `it is no ZIP that can be opened, or ${DAMAGED}`);
    }
    if (typeof entries === "number") {
      return this.#leave(place, `it holds more than ${mostEntries} files`);
    }
    if (!entries.some((one) => namesIn(one).length)) this.#leave(place, "there is no file in it");
    const order = (one: ZipEntry, other: ZipEntry) =>
      one.name < other.name ? -1 : Number(one.name > other.name);
    for (const entry of [...entries].sort(order)) {
      if (this.isFull()) return;
      await this.#entry(place, zip, entry, depth);
    }
  }

  async #entry(place: string, zip: Blob, entry: ZipEntry, depth: number): Promise<void> {
    const names = namesIn(entry);
    if (!names.length) return;
    const inside = `${place}/${names.join("/")}`;
    if (entry.isLink) return this.#leave(inside, LINKED);
    if (entry.hasPassword) return this.#leave(inside, REFUSED.password);
    const { largestFile, allTogether, deepest } = this.#limits;
    if (endingOf(inside) === ".zip") {
      // One that lies too deep need not be unpacked to be left out.
      const most = depth + 1 < deepest ? Math.floor(allTogether / 4) : 0;
      const content = most ? await unzipped(zip, entry, most) : new Uint8Array();
      if (typeof content === "string") return this.#leave(inside, REFUSED[content]);
      return await this.#zip(inside, new Blob([content]), depth + 1);
    }
    await this.#text(inside, entry.changed, entry.size, async () => {
      const content = await unzipped(zip, entry, largestFile);
      return typeof content === "string" ? REFUSED[content] : content;
    });
  }
}

/** All that stands in files, in the order of their names. */
export async function readFiles(given: GivenFile[], limits: ReadingLimits): Promise<Read> {
  const reading = new Reading(limits);
  for (const one of given) {
    if (reading.isFull()) break;
    if (!isLitter(one.name)) await reading.file(one);
  }
  return reading.end();
}

/** Names that are taken already get a number: so nothing that is dropped hides what is there. */
export function withFreeNames<File extends { name: string }>(
  files: File[],
  places: string[],
): (File & { name: string })[] {
  const taken = new Set(places.map((place) => place.split("/", 1)[0]));
  return files.map((file) => {
    let { name } = file;
    for (let at = 2; taken.has(name); at += 1) {
      name = file.name.replace(/(\.[^.]*)?$/, ` [${at}]$1`);
    }
    taken.add(name);
    return { ...file, name };
  });
}

// What stands in a ZIP, read by the browser alone: nothing is written, and no more is ever unpacked
// than is asked for. ".ZIP File Format Specification", version 6.3.10 (PKWARE, 2022).

/** One file in a ZIP, by its central directory. */
export interface ZipEntry {
  /** With its folders; slashes of either kind. */
  name: string;
  /** Bytes when it is unpacked, as the ZIP says: it may lie. */
  size: number;
  packedSize: number;
  method: number;
  crc: number;
  hasPassword: boolean;
  isLink: boolean;
  /** When it was changed, as ISO text without a zone; empty where it says no day that exists. */
  changed: string;
  /** Where it begins. */
  at: number;
}

/** Why an entry cannot be had. */
export type Refused = "damaged" | "large" | "password" | "method";

const [STORED, DEFLATED] = [0, 8];
const [ENTRY, HEAD, END, END_64, LOCATOR_64] = [
  0x02014b50,
  0x04034b50,
  0x06054b50,
  0x06064b50,
  0x07064b50,
];
/** A ZIP ends with a comment of so many bytes at most. */
const LONGEST_END = 22 + 0xffff;
const UNKNOWN = 0xffffffff;

/** What a byte from 128 on stands for where a ZIP does not say that its names are UTF-8. */
const CODE_PAGE_437 = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»" +
  "░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀" +
  "αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0";

/** A part of a ZIP's bytes. */
async function part(zip: Blob, from: number, to: number): Promise<DataView> {
  return new DataView(await zip.slice(from, to).arrayBuffer());
}

const long = (bytes: DataView, at: number) => Number(bytes.getBigUint64(at, true));

/** Where the list of all entries lies, and how long it is. */
interface Directory {
  from: number;
  size: number;
  count: number;
  /** How many bytes stand before the ZIP: some begin with a program that unpacks them. */
  before: number;
}

/** The larger numbers of a ZIP that is too large for its first ones. */
async function largeDirectory(zip: Blob, end: number): Promise<Directory | null> {
  if (end < 20) return null;
  const locator = await part(zip, end - 20, end);
  if (locator.getUint32(0, true) !== LOCATOR_64) return null;
  // It stands just before its locator, whatever stands before the ZIP.
  const at = end - 20 - 56;
  const told = at < 0 ? null : await part(zip, at, at + 56);
  if (told?.getUint32(0, true) !== END_64) return null;
  const [count, size, from] = [long(told, 32), long(told, 40), long(told, 48)];
  return { count, size, from, before: at - size - from };
}

async function directoryOf(zip: Blob): Promise<Directory | null> {
  const start = Math.max(0, zip.size - LONGEST_END);
  const last = await part(zip, start, zip.size);
  for (let at = last.byteLength - 22; at >= 0; at--) {
    if (last.getUint32(at, true) !== END) continue;
    const end = start + at;
    const count = last.getUint16(at + 10, true);
    const [size, from] = [last.getUint32(at + 12, true), last.getUint32(at + 16, true)];
    const large = count === 0xffff || size === UNKNOWN || from === UNKNOWN;
    return (large && await largeDirectory(zip, end)) ||
      { count, size, from, before: end - size - from };
  }
  return null;
}

function named(bytes: Uint8Array<ArrayBuffer>, isUtf8: boolean): string {
  const name = isUtf8
    ? new TextDecoder().decode(bytes)
    : [...bytes].map((one) => one < 128 ? String.fromCharCode(one) : CODE_PAGE_437[one - 128])
      .join("");
  return name.split("\0", 1)[0];
}

/** A day and a time as DOS had them, of two seconds each; empty where there is no such day. */
export function dosTime(day: number, time: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const [year, month, date] = [1980 + (day >> 9), (day >> 5) & 15, day & 31];
  const [hour, minute, second] = [time >> 11, (time >> 5) & 63, (time & 31) * 2];
  const isDay = month >= 1 && date >= 1 && new Date(Date.UTC(year, month, 0)).getUTCDate() >= date;
  if (!isDay || month > 12 || hour > 23 || minute > 59 || second > 59) return "";
  return `${year}-${two(month)}-${two(date)}T${two(hour)}:${two(minute)}:${two(second)}`;
}

/** Sizes and place that did not fit 32 bits: they stand in a field of its own, those alone. */
function enlarged(entry: ZipEntry, extra: DataView): void {
  for (let at = 0; at + 4 <= extra.byteLength;) {
    const [id, size] = [extra.getUint16(at, true), extra.getUint16(at + 2, true)];
    const end = Math.min(at + 4 + size, extra.byteLength);
    let next = at + 4;
    const take = () => {
      next += 8;
      return next <= end ? long(extra, next - 8) : UNKNOWN;
    };
    if (id === 1) {
      if (entry.size === UNKNOWN) entry.size = take();
      if (entry.packedSize === UNKNOWN) entry.packedSize = take();
      if (entry.at === UNKNOWN) entry.at = take();
    }
    at = end;
  }
}

/** The entry that begins at `at` in a directory, and where the next one does; null for none. */
function entryAt(list: DataView, at: number, before: number): [ZipEntry, number] | null {
  if (at + 46 > list.byteLength || list.getUint32(at, true) !== ENTRY) return null;
  const two = (offset: number) => list.getUint16(at + offset, true);
  const four = (offset: number) => list.getUint32(at + offset, true);
  const [flags, nameEnd] = [two(8), at + 46 + two(28)];
  const extraEnd = nameEnd + two(30);
  if (extraEnd > list.byteLength) return null;
  const bytes = (from: number, to: number) =>
    new Uint8Array(list.buffer as ArrayBuffer, from, to - from);
  const entry: ZipEntry = {
    name: named(bytes(at + 46, nameEnd), (flags & 0x800) !== 0),
    size: four(24),
    packedSize: four(20),
    method: two(10),
    crc: four(16),
    hasPassword: (flags & 1) !== 0,
    isLink: ((four(38) >>> 16) & 0o170000) === 0o120000,
    changed: dosTime(two(14), two(12)),
    at: four(42),
  };
  enlarged(entry, new DataView(list.buffer, nameEnd, extraEnd - nameEnd));
  entry.at += before;
  return [entry, extraEnd + two(32)];
}

/** All entries of a ZIP, in its order, or how many there are where they are too many; or null. */
export async function zipEntries(zip: Blob, most: number): Promise<ZipEntry[] | number | null> {
  const directory = await directoryOf(zip);
  if (!directory) return null;
  const { from, size, count, before } = directory;
  if (before < 0 || before + from + size > zip.size) return null;
  if (count > most) return count;
  const list = await part(zip, before + from, before + from + size);
  const entries: ZipEntry[] = [];
  for (let at = 0; at < list.byteLength;) {
    const found = entryAt(list, at, before);
    if (!found) return null;
    entries.push(found[0]);
    if (entries.length > most) return entries.length;
    at = found[1];
  }
  return entries;
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let sum = byte;
  for (let bit = 0; bit < 8; bit++) sum = sum & 1 ? 0xedb88320 ^ (sum >>> 1) : sum >>> 1;
  return sum;
});

/** The sum by which a ZIP knows whether a file is whole (CRC-32). */
export function crc32(bytes: Uint8Array): number {
  let sum = ~0;
  for (const byte of bytes) sum = CRC_TABLE[(sum ^ byte) & 255] ^ (sum >>> 8);
  return ~sum >>> 0;
}

/** What a stream gives, up to so many bytes; nothing where it gives more. */
async function upTo(
  stream: ReadableStream<Uint8Array>,
  most: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  const reader = stream.getReader(); // not every browser can go through a stream with `for`
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    size += read.value.length;
    if (size > most) {
      reader.cancel().catch(() => {});
      return null;
    }
    pieces.push(read.value);
  }
  return new Uint8Array(await new Blob(pieces as BlobPart[]).arrayBuffer());
}

/** The bytes of an entry, if there are no more than `most`; else why they cannot be had. */
export async function unzipped(
  zip: Blob,
  entry: ZipEntry,
  most: number,
): Promise<Uint8Array<ArrayBuffer> | Refused> {
  if (entry.hasPassword) return "password";
  if (entry.method !== STORED && entry.method !== DEFLATED) return "method";
  if (entry.size > most) return "large";
  try {
    const head = await part(zip, entry.at, entry.at + 30);
    if (head.getUint32(0, true) !== HEAD) return "damaged";
    const from = entry.at + 30 + head.getUint16(26, true) + head.getUint16(28, true);
    if (from + entry.packedSize > zip.size) return "damaged";
    const packed = zip.slice(from, from + entry.packedSize).stream();
    const plain = entry.method === STORED
      ? packed
      : packed.pipeThrough(new DecompressionStream("deflate-raw"));
    const bytes = await upTo(plain, entry.size);
    return bytes?.length === entry.size && crc32(bytes) === entry.crc ? bytes : "damaged";
  } catch {
    return "damaged";
  }
}

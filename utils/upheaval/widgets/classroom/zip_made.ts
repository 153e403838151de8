// ZIPs for tests, the odd ones too: as a test of a reader needs them, and no program writes them.

/** A file to put into a ZIP, and what is to be wrong with it. */
export interface ToZip {
  name: string | Uint8Array<ArrayBuffer>;
  content: string | Uint8Array<ArrayBuffer>;
  stored?: boolean;
  method?: number;
  password?: boolean;
  link?: boolean;
  /** What the ZIP says, where that is a lie. */
  crc?: number;
  size?: number;
  /** Day and time as DOS had them. */
  day?: number;
  /** Its sizes stand in a field of their own, as those of very large files. */
  large?: boolean;
}

const utf8 = (text: string | Uint8Array<ArrayBuffer>) =>
  typeof text === "string" ? new TextEncoder().encode(text) : text;

async function deflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

/** Numbers in so many bytes each, the lowest byte first. */
function packed(...numbers: [value: number, bytes: number][]): Uint8Array<ArrayBuffer> {
  const all = numbers.flatMap(([value, bytes]) =>
    Array.from({ length: bytes }, (_, at) => Math.floor(value / 256 ** at) % 256)
  );
  return Uint8Array.from(all);
}

const length = (parts: Uint8Array[]) => parts.reduce((sum, one) => sum + one.length, 0);

/** 5 March 2026, and 10:12:14. */
const [DAY, TIME] = [(46 << 9) | (3 << 5) | 5, (10 << 11) | (12 << 5) | 7];

/** A ZIP with those files, after some bytes that are none of it. */
export async function zipOf(
  files: ToZip[],
  sum: (bytes: Uint8Array) => number,
  before: Uint8Array<ArrayBuffer> = new Uint8Array(),
): Promise<Blob> {
  const [body, list]: Uint8Array<ArrayBuffer>[][] = [[], []];
  for (const file of files) {
    const [name, content] = [utf8(file.name), utf8(file.content)];
    const data = file.stored ? content : await deflated(content);
    const flags = (typeof file.name === "string" ? 0x800 : 0) | (file.password ? 1 : 0);
    const size = file.size ?? content.length;
    const unknown = 0xffffffff;
    const about = packed(
      [flags, 2],
      [file.method ?? (file.stored ? 0 : 8), 2],
      [TIME, 2],
      [file.day ?? DAY, 2],
      [file.crc ?? sum(content), 4],
      [file.large ? unknown : data.length, 4],
      [file.large ? unknown : size, 4],
      [name.length, 2],
    );
    const extra = file.large ? packed([1, 2], [16, 2], [size, 8], [data.length, 8]) : packed();
    const mode = (file.link ? 0o120777 : 0o100644) * 65536;
    const rest = packed([extra.length, 2], [0, 2], [0, 2], [0, 2], [mode, 4], [length(body), 4]);
    list.push(packed([0x02014b50, 4], [20, 2], [20, 2]), about, rest, name, extra);
    body.push(packed([0x04034b50, 4], [20, 2]), about, packed([0, 2]), name, data);
  }
  const end = packed(
    [0x06054b50, 4],
    [0, 4],
    [files.length, 2],
    [files.length, 2],
    [length(list), 4],
    [length(body), 4],
    [0, 2],
  );
  return new Blob([before, ...body, ...list, end]);
}

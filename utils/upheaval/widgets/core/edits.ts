import type { Edit } from "./protocol.ts";

// What a reader changed in what a form had read, and the same put into what is kept now: two tabs,
// or two kernels, that write different fields of one form keep both. Python puts edits in by the
// same rules (`edits.py`); `tests/cases/edits.json` holds both to them.

type Plain = Record<string, unknown>;

const isPlain = (value: unknown): value is Plain =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const text = (value: unknown): string => JSON.stringify(value) ?? "";
const own = (value: Plain, name: string): unknown =>
  Object.hasOwn(value, name) ? value[name] : undefined;

/** By what a thing in a list is known when its other parts change. */
function name(thing: unknown): string {
  if (!isPlain(thing)) return text(thing);
  const { id, scale, row, column } = thing;
  return id !== undefined || row !== undefined ? text([id, scale, row, column]) : text(thing);
}

/** The edit of a list: what went out of it and what came in, or was changed. */
function editOfList(before: unknown[], next: unknown[], at: string[]): Edit {
  const names = [before.map(name), next.map(name)];
  const twice = names.some((all) => new Set(all).size < all.length);
  const texts = [before, next].map((all) => new Set(all.map(text)));
  const take = before.filter((one) => !texts[1].has(text(one)));
  const add = next.filter((one) => !texts[0].has(text(one)));
  return twice || !(take.length + add.length) ? { at, to: next } : { at, take, add };
}

/** What leads from `before` to `next`; of objects only the parts that differ. */
export function editsOf(before: unknown, next: unknown, at: string[] = []): Edit[] {
  if (text(before) === text(next)) return [];
  if (isPlain(before) && isPlain(next)) {
    const names = new Set([...Object.keys(before), ...Object.keys(next)]);
    return [...names].flatMap((one) => {
      if (!Object.hasOwn(next, one)) return [{ at: [...at, one] }];
      return editsOf(own(before, one), next[one], [...at, one]);
    });
  }
  if (Array.isArray(before) && Array.isArray(next)) return [editOfList(before, next, at)];
  return [{ at, to: next }];
}

function editedList(kept: unknown, take: unknown[], add: unknown[]): unknown[] {
  const list = Array.isArray(kept) ? kept : [];
  const added = new Map(add.map((one) => [name(one), one]));
  const taken = new Set(take.map(name));
  const there = list.filter((one) => added.has(name(one)) || !taken.has(name(one)));
  const names = new Set(there.map(name));
  return [
    ...there.map((one) => added.get(name(one)) ?? one),
    ...add.filter((one) => !names.has(name(one))),
  ];
}

function put(kept: unknown, [first, ...rest]: string[], edit: Edit): unknown {
  if (first === undefined) {
    return edit.add || edit.take ? editedList(kept, edit.take ?? [], edit.add ?? []) : edit.to;
  }
  const parts = new Map(Object.entries(isPlain(kept) ? kept : {}));
  const isGone = !rest.length && !("to" in edit || edit.add || edit.take);
  if (isGone) parts.delete(first);
  else parts.set(first, put(parts.get(first), rest, edit));
  return Object.fromEntries(parts);
}

/** What is `kept`, with `edits` put in. */
export function edited(kept: unknown, edits: Edit[]): unknown {
  return edits.reduce((now, edit) => put(now, edit.at, edit), kept);
}

/** `more` after `edits`, without those that it does again. */
export function joined(edits: Edit[], more: Edit[]): Edit[] {
  const again = new Set(more.filter((one) => "to" in one).map(({ at }) => text(at)));
  return [...edits.filter((one) => !again.has(text(one.at)) || !("to" in one)), ...more];
}

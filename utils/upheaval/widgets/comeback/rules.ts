import { daysLater, isDay } from "../core/days.ts";
import type { Attempt, KeptWork } from "../core/protocol.ts";
import { wasAnswered } from "../core/sure_rules.ts";

// Which questions come back, and when: two days, a week and four weeks after the reader's last day
// in a lesson. What is read may have been edited by hand.

/** Days after which a lesson comes back. */
const AFTER = [2, 7, 28];
/** How many questions a round has at most. */
export const MOST = 6;

/** A lesson, by its number, with the storage keys of its questions. */
export interface LessonItems {
  lesson: string;
  items: string[];
}

/** A round that is over, or under way: its day, and the storage keys of its questions. */
export interface Round {
  day: string;
  items: string[];
}

/** What a reader keeps of all rounds; the last of them has answers. */
export interface KeptRounds {
  /** Lessons that the reader says to have done. */
  ticked: string[];
  rounds: Round[];
  answers: Record<string, Attempt>;
}

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];

/** What is kept, whatever that is. */
export function roundsIn(kept: unknown): KeptRounds {
  const { ticked, rounds, answers } = (kept ?? {}) as Partial<KeptRounds>;
  const given = typeof answers === "object" && answers !== null ? Object.entries(answers) : [];
  return {
    ticked: texts(ticked),
    rounds: (Array.isArray(rounds) ? rounds as (Partial<Round> | null)[] : []).flatMap((one) =>
      isDay(one?.day) ? [{ day: one.day, items: texts(one.items) }] : []
    ),
    answers: Object.fromEntries(given.filter(([, one]) => wasAnswered(one))),
  };
}

/**
 * The last day on which the reader did each lesson, by its number: empty where something of it is
 * kept, or it is ticked, and no day is known; a lesson of which nothing is known is not there.
 */
export function doneOn(
  lessons: LessonItems[],
  work: KeptWork,
  ticked: string[],
): Record<string, string> {
  const asked = new Set(lessons.flatMap(({ items }) => items));
  const done: Record<string, string> = {};
  for (const { lesson } of lessons) {
    const own = Object.entries(work).filter(([key]) =>
      key.startsWith(`${lesson}.`) && !asked.has(key)
    );
    const days = own.map(([, value]) => (value as Partial<Attempt> | null)?.day).filter(isDay);
    if (own.length || ticked.includes(lesson)) done[lesson] = days.sort().at(-1) ?? "";
  }
  return done;
}

/** How the last round stands: of `asked` questions, how many are open, and how many are right. */
export function standing({ rounds, answers }: KeptRounds) {
  const items = rounds.at(-1)?.items ?? [];
  const given = items.map((item) => answers[item]).filter(Boolean);
  const right = given.filter((one) => one.right === true).length;
  return { asked: items.length, open: items.length - given.length, right };
}

/** The days on which a lesson of `day` comes back, without those that a round has met. */
function daysLeft({ items }: LessonItems, day: string, rounds: Round[]): string[] {
  const met = rounds.filter((round) => items.some((item) => round.items.includes(item)));
  const last = met.map((round) => round.day).sort().at(-1) ?? "";
  return AFTER.map((days) => daysLater(day, days)).filter((one) => one > last);
}

/** What is due today, and the next day on which something is, where a day is known. */
export interface Due {
  lessons: string[];
  next: string;
}

/** The lessons that are due `today`, by what was done when. */
export function due(
  lessons: LessonItems[],
  done: Record<string, string>,
  rounds: Round[],
  today: string,
): Due {
  const left = lessons.filter(({ lesson }) => done[lesson]).map((one) => ({
    lesson: one.lesson,
    days: daysLeft(one, done[one.lesson], rounds),
  }));
  const later = left.flatMap(({ days }) => days.filter((day) => day > today)).sort();
  const now = left.filter(({ days }) => days.some((day) => day <= today));
  return { lessons: now.map(({ lesson }) => lesson), next: later[0] ?? "" };
}

/**
 * The questions of a round from these lessons: in turn, so that neighbours come from different
 * lessons where they can; first those that came back least often.
 */
export function dealt(lessons: LessonItems[], rounds: Round[]): string[] {
  const times = (item: string) => rounds.filter(({ items }) => items.includes(item)).length;
  const stacks = lessons.map(({ items }) =>
    items.map((item, place) => ({ item, place })).sort((one, other) =>
      times(one.item) - times(other.item) || one.place - other.place
    )
  );
  const most = Math.max(0, ...stacks.map((stack) => stack.length));
  const inTurn = Array.from(
    { length: most },
    (_, at) => stacks.flatMap((stack) => stack[at] ?? []),
  );
  return inTurn.flat().slice(0, MOST).map(({ item }) => item);
}

// Days in words and as ISO text.

export const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
export const MONTH = `(?:${MONTHS.join("|")})`;

const two = (number: number) => String(number).padStart(2, "0");

/**
 * The last day of what words of a date name ("27 November 2024: …", "February 2026"), as ISO text;
 * else "".
 */
export function dayIn(words: string | undefined): string {
  const pattern = new RegExp(`^(?:([0-9]{1,2}) )?(${MONTH}) ([0-9]{4})`);
  const [, day, name, year] = pattern.exec(words ?? "") ?? [];
  if (!year) return "";
  const month = MONTHS.indexOf(name) + 1;
  const last = day ?? new Date(Date.UTC(Number(year), month, 0)).getUTCDate();
  return `${year}-${two(month)}-${two(Number(last))}`;
}

/** The reader's own day, as ISO text: their evening is not yet the next day. */
export function today(now = new Date()): string {
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Whether something that was kept is a day as ISO text; a file may have been edited by hand. */
export function isDay(kept: unknown): kept is string {
  return typeof kept === "string" && /^\d{4}-\d{2}-\d{2}$/.test(kept) &&
    Number.isFinite(Date.parse(kept));
}

/** The day so many days later. */
export function daysLater(day: string, days: number): string {
  const later = new Date(Date.parse(day));
  later.setUTCDate(later.getUTCDate() + days);
  return later.toISOString().slice(0, 10);
}

/** An ISO day in words. */
export function spelled(day: string | undefined): string {
  const [year, month, date] = (day ?? "").split("-").map(Number);
  return year && month && date ? `${date} ${MONTHS[month - 1]} ${year}` : "";
}

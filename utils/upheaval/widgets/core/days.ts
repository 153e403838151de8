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
  return `${year}-${String(month).padStart(2, "0")}-${String(last).padStart(2, "0")}`;
}

/** An ISO day in words. */
export function spelled(day: string | undefined): string {
  const [year, month, date] = (day ?? "").split("-").map(Number);
  return year && month && date ? `${date} ${MONTHS[month - 1]} ${year}` : "";
}

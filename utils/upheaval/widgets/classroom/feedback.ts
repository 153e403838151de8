import type { RubricRow } from "./data.ts";
import { inFileName } from "../core/work_file.ts";

// What a teacher says of a memo: points by the rubric, and words; and how it goes back.

/** The points by the number of their row of the rubric, and words on the whole. */
export interface Feedback {
  points: Record<number, number>;
  words: string;
}

export const noFeedback = (): Feedback => ({ points: {}, words: "" });

/** Whether anything was said. */
export const isGiven = ({ points, words }: Feedback): boolean =>
  Object.keys(points).length > 0 || words.trim() !== "";

/** The points together, once every row of the rubric has some; null before. */
export function pointsOf(rubric: RubricRow[], { points }: Feedback): number | null {
  const given = rubric.map((_, at) => points[at]);
  return given.every((one) => one !== undefined) ? given.reduce((sum, one) => sum + one, 0) : null;
}

/** The feedback as plain text, for its student. */
export function feedbackText(title: string, rubric: RubricRow[], feedback: Feedback): string {
  const most = rubric.reduce((sum, { levels }) => sum + levels.length - 1, 0);
  const rows = rubric.flatMap(({ part, levels }, at) => {
    const points = feedback.points[at];
    if (points === undefined) return [];
    return [`${part}: ${points} of ${levels.length - 1}. ${levels[points]}`];
  });
  const sum = pointsOf(rubric, feedback);
  const parts = [
    title,
    rows.join("\n"),
    sum === null ? "" : `Together: ${sum} of ${most} points.`,
    feedback.words.trim(),
  ];
  return `${parts.filter(Boolean).join("\n\n")}\n`;
}

/** What the file with the feedback for somebody is called. */
export const feedbackFile = (name: string): string => `feedback-${inFileName(name) || "memo"}.txt`;

import { check } from "../check/view.ts";
import { button, element } from "../core/dom.ts";
import { spelled, today } from "../core/days.ts";
import { follow } from "../core/follow.ts";
import { fieldset, form, option, statusLine } from "../core/form.ts";
import { type LiveContext, renderLive } from "../core/kernel_backend.ts";
import type { Attempt, Backend, Builder, CheckSpec, Edit, Stop } from "../core/protocol.ts";
import { listed } from "../core/wording.ts";
import {
  dealt,
  doneOn,
  due,
  type KeptRounds,
  type LessonItems,
  roundsIn,
  standing,
} from "./rules.ts";

// Questions from earlier lessons, which come back after some days: dealt, answered, and put by.

/** A lesson with its questions. */
export interface ComeBackLesson {
  lesson: string;
  title: string;
  checks: CheckSpec[];
}

/** What Python sends. */
export interface ComeBackSpec {
  kind: "comeback";
  storageKey: string;
  question: string;
  lessons: ComeBackLesson[];
}

const NONE =
  "Nothing is kept here of any lesson, so none can come back. Tick the lessons that you " +
  "have done.";
const UNDATED = "When you did them is not known here, so take questions whenever you like; best " +
  "some days after a lesson.";

const lessonsOf = (numbers: string[]) =>
  `${numbers.length === 1 ? "lesson" : "lessons"} ${listed(numbers)}`;

class Face {
  readonly #spec: ComeBackSpec;
  readonly #backend: Backend;
  readonly #items: LessonItems[];
  readonly #boxes: HTMLInputElement[];
  readonly #says = element("p", { class: "face-text" });
  readonly #deal: HTMLButtonElement;
  readonly #done = element("details", { class: "comeback-done" });
  readonly #stage = element("div", { class: "comeback-stage", tabindex: -1 });
  readonly #status = statusLine();
  #kept: KeptRounds = roundsIn(null);
  #shown = "";
  #stops: Stop[] = [];
  readonly stop: Stop;

  constructor(el: HTMLElement, spec: ComeBackSpec, backend: Backend) {
    [this.#spec, this.#backend] = [spec, backend];
    this.#items = spec.lessons.map(({ lesson, checks }) => ({
      lesson,
      items: checks.map(({ storageKey }) => storageKey),
    }));
    this.#boxes = spec.lessons.map(({ lesson }) =>
      element("input", { type: "checkbox", value: lesson, onchange: this.#tick })
    );
    this.#deal = button("Ask me", this.#next);
    this.#done.append(
      element("summary", {}, "Which lessons you have done"),
      ...spec.lessons.map(({ title }, at) => option(this.#boxes[at], title)),
    );
    const inside = fieldset(
      spec.question,
      this.#says,
      this.#done,
      element("p", {}, this.#deal),
    );
    el.replaceChildren(form("face-comeback", [inside, this.#status]), this.#stage);
    const following = follow(backend, this.#show);
    // The days of lessons may come from another tab.
    const unlisten = backend.onChange(this.#look);
    this.stop = () => {
      this.#takeDown();
      unlisten();
      following.stop();
    };
  }

  #show = (kept: unknown): void => {
    this.#kept = roundsIn(kept);
    this.#look();
    this.#ask();
  };

  get #doneOn(): Record<string, string> {
    return doneOn(this.#items, this.#backend.all(), this.#kept.ticked);
  }

  #look = (): void => {
    const done = this.#doneOn;
    const sure = doneOn(this.#items, this.#backend.all(), []);
    for (const box of this.#boxes) {
      box.checked = box.value in done;
      box.disabled = box.value in sure;
    }
    this.#says.textContent = this.#sentence(done);
    if (!Object.keys(done).length) this.#done.open = true;
    this.#deal.disabled = !Object.keys(done).length;
    this.#deal.textContent = this.#kept.rounds.length ? "Ask me again" : "Ask me";
  };

  #sentence(done: Record<string, string>): string {
    const numbers = Object.keys(done).sort();
    if (!numbers.length) return NONE;
    const { lessons, next } = due(this.#items, done, this.#kept.rounds, today());
    const undated = numbers.filter((one) => !done[one]);
    const { asked, open, right } = standing(this.#kept);
    const whole = `You have done ${lessonsOf(numbers)}.`;
    const are = open === 1 ? "is" : "are";
    if (open) return `${whole} Of the ${asked} questions below ${open} ${are} open.`;
    const said = asked ? `${whole} Of the ${asked} questions below ${right} are right.` : whole;
    if (lessons.length) return `${said} Due today: questions from ${lessonsOf(lessons)}.`;
    if (next) return `${said} Nothing is due today; come back on ${spelled(next)}.`;
    return undated.length ? `${said} ${UNDATED}` : `${said} All of it has come back three times.`;
  }

  #tick = (): void => {
    const ticked = this.#boxes.filter(({ checked, disabled }) => checked && !disabled)
      .map(({ value }) => value);
    this.#keep({ ...this.#kept, ticked }, [{ at: ["ticked"], to: ticked }]);
  };

  #next = (): void => {
    const done = this.#doneOn;
    const now = due(this.#items, done, this.#kept.rounds, today()).lessons;
    const from = this.#items.filter(({ lesson }) =>
      now.length ? now.includes(lesson) : lesson in done
    );
    const round = { day: today(), items: dealt(from, this.#kept.rounds) };
    const rounds = [...this.#kept.rounds, round];
    this.#keep({ ...this.#kept, rounds, answers: {} }, [
      { at: ["rounds"], to: rounds },
      { at: ["answers"], to: {} },
    ]);
    this.#stage.focus();
  };

  #keep(next: KeptRounds, edits: Edit[]): Promise<string> {
    this.#kept = next;
    this.#look();
    this.#ask();
    const told = this.#backend.keep(next, edits);
    told.then((text) => {
      this.#status.textContent = text;
    });
    return told;
  }

  #takeDown(): void {
    for (const stop of this.#stops) stop();
    this.#stops = [];
  }

  // The questions of the last round stand until the next one is asked for.
  #ask(): void {
    const items = this.#kept.rounds.at(-1)?.items ?? [];
    const drawn = JSON.stringify([this.#kept.rounds.length, items]);
    if (drawn === this.#shown) return;
    this.#shown = drawn;
    this.#takeDown();
    const all = this.#spec.lessons.flatMap(({ title, checks }) =>
      checks.map((spec) => ({ title, spec }))
    );
    const asked = items.flatMap((item) => all.filter(({ spec }) => spec.storageKey === item));
    this.#stage.replaceChildren(...asked.map(({ title, spec }) => {
      const place = element("div", { class: "comeback-item" });
      this.#stops.push(check(place, spec, this.#within(spec.storageKey)));
      return element("div", {}, element("p", { class: "face-subtitle" }, title), place);
    }));
  }

  /** The backend of one question, whose answer is kept within the round. */
  #within(item: string): Backend {
    return {
      ...this.#backend,
      value: () => roundsIn(this.#backend.value()).answers[item] ?? null,
      keep: (value) => {
        const answers = { ...this.#kept.answers, [item]: value as Attempt };
        return this.#keep({ ...this.#kept, answers }, [{ at: ["answers", item], to: value }]);
      },
    };
  }
}

/** Builds the page's dealer of questions in `el`. */
export const comeback: Builder<ComeBackSpec> = (el, spec, backend) =>
  new Face(el, spec, backend).stop;

export default { render: (context: LiveContext) => renderLive(comeback, context) };

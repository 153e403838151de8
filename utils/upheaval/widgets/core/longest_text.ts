// How long a text may be that a reader writes in a field or brings in a file.

/** In letters: a page that shows a longer text hangs, at every opening. */
export const LONGEST_TEXT = 500_000;

const inWords = (letters: number): string => letters.toLocaleString("en");

/** What is said of a text of so many `letters`, where `LONGEST_TEXT` are the most. */
export const mostLetters = (letters: number): string =>
  `${inWords(letters)} letters, and ${inWords(LONGEST_TEXT)} are the most that a page can show`;

/**
 * What is said of `added` letters that would make a text of `length` letters too long, where
 * `selected` of them give way; nothing where they fit, or make it shorter.
 */
export function refusalOfText(length: number, selected: number, added: number): string {
  const letters = length - selected + added;
  if (letters <= LONGEST_TEXT || letters <= length) return "";
  return `Not put in: the text would have ${mostLetters(letters)}. What stood here has not ` +
    "changed. Put in a part of it, or keep it in a file of its own.";
}

type Box = HTMLInputElement | HTMLTextAreaElement;

/** Lets nobody make the text of `box` too long, and says so behind it. */
export function limited<One extends Box>(box: One): One {
  const said = document.createElement("span");
  said.className = "face-message";
  said.setAttribute("role", "alert");
  box.addEventListener("beforeinput", (event) => {
    if (!(event instanceof InputEvent)) return;
    const selected = (box.selectionEnd ?? 0) - (box.selectionStart ?? 0);
    const added = (event.data ?? event.dataTransfer?.getData("text/plain") ?? "").length;
    const refusal = refusalOfText(box.value.length, selected, added);
    said.remove(); // and comes anew, so that it is told again
    if (!refusal) return;
    event.preventDefault();
    said.textContent = refusal;
    box.after(said);
  });
  return box;
}

// Building blocks of the face. Text only ever enters the page as text: nothing here, or anywhere in this folder,
// parses markup, so data can never become script.

let lastId = 0;

/** An id that is the same on every load of the same page, since elements are always made in the same order. */
export function freshId(prefix) {
  lastId += 1;
  return `face-${prefix}-${lastId}`;
}

/** An element with attributes (null and false are left out), listeners (`onclick: function`) and children. */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") made.addEventListener(name.slice(2), value);
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

/** A link to a web address; any other kind of address (`javascript:` say) stays plain text. */
export function link(text, address) {
  if (!/^https?:\/\//i.test(address ?? "")) return document.createTextNode(text);
  return element("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text);
}

/** Hands `content` to the reader as a file. */
export function download(name, type, content) {
  const address = URL.createObjectURL(new Blob([content], { type }));
  const anchor = element("a", { href: address, download: name, hidden: true });
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

/** A button that asks the reader for a file (or several) and tells its name and text; they stay on the reader's computer. */
export function pickFile(label, accept, tell, several = false) {
  const input = element("input", { type: "file", accept, multiple: several, hidden: true, tabindex: -1, onchange: () => {
    const files = [...input.files];
    input.value = ""; // the same file may be chosen again
    Promise.all(files.map((file) => file.text().then((text) => ({ name: file.name, text })))).then((read) => read.length && tell(several ? read : read[0]));
  } });
  return element("span", {}, element("label", { hidden: true }, label, input), element("button", { type: "button", onclick: () => input.click() }, label));
}

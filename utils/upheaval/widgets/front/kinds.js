// The kinds of face by name. Each kind's own file adds itself (`FACES.check = check`), so a page carries only the
// kinds it shows. All files are joined into one scope: names at their top level are unique over the whole folder.

/** kind → (element, spec, supply) → function that takes the face down. */
export const FACES = {};

// Before anything asks for what is kept: one question that the browser answers only once it knows this page.
//
// Chromium drops a page's connection to localStorage where the page asks for it before the browser has taken note of the
// page, which happens with files from disk (one opening in ten, at worst). That page then sees an empty storage for as long
// as it is open, and what a reader writes into it is lost. document.cookie is answered over the page's own connection,
// which begins at that very note, and the script waits for the answer. No cookie is set, and the answer is not used. (In
// a frame that may keep nothing, the question is an error.)
try { void document.cookie; } catch {}

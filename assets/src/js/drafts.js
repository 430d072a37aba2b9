// What is typed is kept in the browser until the server has it: <textarea data-draft="name">.
// A page that shows the text as received says so: <span data-draft-done="name">.
// data-draft-over: what was typed stands in place of the text it began with.
const PREFIX = "draft:";

// A browser may refuse to keep anything; the form works all the same.
export function kept(action) {
  try {
    return action(window.localStorage);
  } catch {
    return null;
  }
}

export function keepDrafts() {
  document.querySelectorAll("[data-draft-done]").forEach((done) => {
    kept((store) => store.removeItem(PREFIX + done.dataset.draftDone));
  });
  document.querySelectorAll("textarea[data-draft]").forEach((area) => {
    if (!area.dataset.draft || (area.value && !("draftOver" in area.dataset))) return;
    const typed = kept((store) => store.getItem(PREFIX + area.dataset.draft));
    if (typed !== null) area.value = typed;
  });
  document.addEventListener("input", (event) => {
    const name = event.target.dataset?.draft;
    if (name) kept((store) => store.setItem(PREFIX + name, event.target.value));
  });
}

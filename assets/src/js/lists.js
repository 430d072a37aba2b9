// Lists: "/" leads to the search, a page's rows are chosen at once, and how many are chosen is told.
const isTyping = (element) => element.matches("input, textarea, select, [contenteditable]");

function rowsOf(form) {
  return document.querySelectorAll(`input[name=row][form="${form}"]`);
}

function offerChoice() {
  document.querySelectorAll("[data-choose-all][hidden]").forEach((box) => {
    box.hidden = false;
    box.nextElementSibling.hidden = false;
  });
}

function tell(form) {
  const rows = [...rowsOf(form)];
  const count = rows.filter((row) => row.checked).length;
  const box = document.querySelector(`[data-choose-all="${form}"]`);
  if (box) {
    box.checked = count > 0 && count === rows.length;
    box.indeterminate = count > 0 && count < rows.length;
  }
  const said = document.querySelector(`#${form} [data-chosen-count]`);
  if (said) {
    said.hidden = !count;
    said.textContent = `${count} / ${rows.length}`;
  }
}

export function easeLists() {
  offerChoice();
  document.addEventListener("htmx:afterSwap", offerChoice);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const box = document.querySelector("[data-search]");
    if (!box) return;
    event.preventDefault();
    box.focus();
    box.select();
  });
  document.addEventListener("change", (event) => {
    const used = event.target.closest(".filters")?.querySelector("[data-filters-used]");
    if (used) {
      const count = [...used.closest(".filters").querySelectorAll("select, input")].filter((field) => field.value).length;
      used.textContent = count ? `(${count})` : "";
    }
    const all = event.target.dataset?.chooseAll;
    if (all) rowsOf(all).forEach((row) => (row.checked = event.target.checked));
    const form = all || (event.target.name === "row" && event.target.getAttribute("form"));
    if (form) tell(form);
  });
}

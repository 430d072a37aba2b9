// On paper nothing can be opened: everything folded is unfolded for printing.
export function printWhole() {
  let unfolded = [];
  window.addEventListener("beforeprint", () => {
    unfolded = Array.from(document.querySelectorAll("details.fold:not([open])"));
    unfolded.forEach((fold) => fold.setAttribute("open", ""));
  });
  window.addEventListener("afterprint", () => {
    unfolded.forEach((fold) => fold.removeAttribute("open"));
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });
}

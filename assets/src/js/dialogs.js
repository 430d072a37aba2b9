// A <dialog> that htmx fills is opened when its content arrives. Without JavaScript the same
// address is a page of its own.
export function openDialogs() {
  document.addEventListener("htmx:afterSwap", (event) => {
    const dialog = event.target.closest?.("dialog");
    if (dialog && !dialog.open) dialog.showModal();
  });
  document.addEventListener("click", (event) => {
    const dialog = event.target.closest("dialog");
    const closing = event.target.closest("[data-dialog-close]") || event.target === dialog;
    if (!dialog || !closing) return;
    event.preventDefault();
    dialog.close();
  });
}

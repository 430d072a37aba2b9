// A card is dragged to another column with the mouse: what its own button there would do.
export function dragCards() {
  const board = document.querySelector("[data-board]");
  if (!board) return;
  let dragged = null;
  const columnOf = (event) => event.target.closest?.("[data-stage]");
  const buttonFor = (column) =>
    column && dragged?.querySelector(`button[name=stage][value="${CSS.escape(column.dataset.stage)}"]`);

  board.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.(".board-card[draggable=true]") ?? null;
    if (!dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", "");
    dragged.classList.add("is-dragged");
  });
  board.addEventListener("dragover", (event) => {
    const column = columnOf(event);
    const may = Boolean(buttonFor(column));
    if (may) event.preventDefault();
    mark(may ? column : null);
  });
  board.addEventListener("drop", (event) => {
    const button = buttonFor(columnOf(event));
    if (!button) return;
    event.preventDefault();
    button.form.requestSubmit(button);
  });
  board.addEventListener("dragend", () => {
    dragged?.classList.remove("is-dragged");
    dragged = null;
    mark(null);
  });

  function mark(column) {
    board.querySelectorAll("[data-stage]").forEach((each) => each.classList.toggle("is-over", each === column));
  }
}

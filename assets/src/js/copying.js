// A button with data-copy puts its text on the clipboard. Without TLS browsers have no clipboard
// for pages: then the text beside it is selected, and copied the old way.
export function copyTexts() {
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy]");
    if (!button) return;
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      button.parentElement.querySelector("input")?.select();
      document.execCommand("copy");
    }
    button.querySelector("span").textContent = button.dataset.copied;
  });
}

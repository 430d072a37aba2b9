// The search box: "/" goes into it, the arrows go through what was found, Escape leaves.
export function searchBox() {
  const form = document.querySelector("[data-search-box]");
  if (!form) return;
  const input = form.querySelector("input[type=search]");
  const found = form.querySelector("[data-search-found]");
  const links = () => Array.from(found.querySelectorAll("a[href]"));
  const show = (shown) => {
    found.hidden = !shown;
    input.setAttribute("aria-expanded", String(shown));
  };
  const typing = (target) => target.closest?.("input, textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    // A list that has a search of its own has taken it already.
    if (event.defaultPrevented) return;
    if (event.key === "/" && plain && !typing(event.target) && !document.querySelector("dialog[open]")) {
      event.preventDefault();
      // On a phone the box is folded away: its page has one.
      const box = input.offsetParent ? input : document.querySelector("main input[type=search]");
      box?.focus();
      box?.select();
    }
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      input.focus(); // which would show what was found
      show(false);
      return;
    }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    const all = links();
    if (!all.length) return;
    event.preventDefault();
    show(true);
    const at = all.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1);
    (at < 0 ? input : all[Math.min(at, all.length - 1)]).focus();
  });
  found.addEventListener("htmx:afterSwap", () => show(input.value.trim() !== ""));
  input.addEventListener("focus", () => show(found.childElementCount > 0 && input.value.trim() !== ""));
  document.addEventListener("click", (event) => form.contains(event.target) || show(false));
  form.addEventListener("focusout", (event) => event.relatedTarget && !form.contains(event.relatedTarget) && show(false));
}

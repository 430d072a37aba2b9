// One key for what is done a hundred times: a button or link names its own in data-key.
const isTyping = (target) => target.closest?.("input, textarea, select, [contenteditable]");

export function oneKey() {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
    const key = CSS.escape(event.key);
    document.querySelector(`[data-key="${key}"]`)?.click();
  });
}

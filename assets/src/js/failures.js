// When a part of a page cannot be fetched, the reader is told instead of nothing happening.
export function showFailures() {
  const notice = () => document.getElementById("failure-notice");
  const show = (event) => {
    // A poll tries again by itself: the notice would flicker.
    if (event.detail?.elt?.matches?.("[data-poll]")) return;
    const box = notice();
    if (box) box.hidden = false;
  };
  document.addEventListener("htmx:responseError", show);
  document.addEventListener("htmx:sendError", show);
  document.addEventListener("htmx:afterSwap", () => {
    const box = notice();
    if (box) box.hidden = true;
  });
}

// A form is sent once, files too large are named before they travel, chosen files are listed.
const MEGABYTE = 1024 * 1024;

function chosenFiles(input) {
  const list = input.form?.querySelector("[data-chosen-files]");
  if (!list) return;
  list.replaceChildren(
    ...Array.from(input.files, (file) => {
      const item = document.createElement("li");
      const size = file.size >= MEGABYTE ? `${(file.size / MEGABYTE).toFixed(1)} MB` : `${Math.max(1, Math.round(file.size / 1024))} KB`;
      item.textContent = `${file.name} · ${size}`;
      return item;
    }),
  );
}

function refuseLarge(input) {
  const limit = Number(input.dataset.maxBytes || 0);
  const total = Array.from(input.files).reduce((sum, file) => sum + file.size, 0);
  input.setCustomValidity(limit && total > limit ? input.dataset.tooLarge : "");
}

export function guardForms() {
  document.addEventListener("change", (event) => {
    if (event.target.type !== "file") return;
    refuseLarge(event.target);
    chosenFiles(event.target);
  });
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "1";
    form.querySelectorAll("button[type=submit]").forEach((button) => {
      button.classList.add("btn-loading");
      button.setAttribute("aria-disabled", "true");
    });
  });
  // Coming back with the browser's own button finds the form usable again.
  window.addEventListener("pageshow", () => {
    document.querySelectorAll("form[data-sent]").forEach((form) => {
      delete form.dataset.sent;
      form.querySelectorAll(".btn-loading").forEach((button) => {
        button.classList.remove("btn-loading");
        button.removeAttribute("aria-disabled");
      });
    });
  });
}

// A form is sent once, files too large are named before they travel, chosen files are listed.
const MEGABYTE = 1024 * 1024;

function listOf(input) {
  const there = input.form?.querySelector("[data-chosen-files]");
  if (there || !("listChosen" in input.dataset)) return there;
  const list = document.createElement("ul");
  list.className = "chosen-files";
  list.dataset.chosenFiles = "";
  list.setAttribute("aria-live", "polite");
  input.after(list);
  return list;
}

function chosenFiles(input) {
  const list = listOf(input);
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

function whatIsWrong(input) {
  const limit = Number(input.dataset.maxBytes || 0);
  const total = Array.from(input.files).reduce((sum, file) => sum + file.size, 0);
  if (limit && total > limit) return input.dataset.tooLarge;
  const { maxFiles, maxPictureBytes, maxPdfBytes } = input.dataset;
  if (maxFiles && input.files.length > Number(maxFiles)) return input.dataset.tooMany;
  const isLarge = (file) => file.size > Number(file.type === "application/pdf" ? maxPdfBytes : maxPictureBytes);
  return maxPictureBytes && Array.from(input.files).some(isLarge) ? input.dataset.tooLarge : "";
}

export function guardForms() {
  document.addEventListener("change", (event) => {
    if (event.target.type !== "file") return;
    event.target.setCustomValidity(whatIsWrong(event.target));
    chosenFiles(event.target);
    event.target.reportValidity();
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

// The plan of a trip follows its dates: a part for each day, and as many customers as are wanted.
// What was typed for a day that falls out of the dates comes back with it.
const DAY = 86400000;
const MOST = 31; // days, as the server has it

export function planTrips() {
  const box = document.querySelector("[data-trip-days]");
  if (!box) return;
  const template = box.querySelector("template");
  const [start, end] = document.querySelectorAll("input[data-trip-date]");
  const kept = new Map();

  const parts = () => [...box.querySelectorAll("[data-trip-day]")];

  function wanted() {
    const [first, last] = [start, end].map((input) => Date.parse(`${input.value}T00:00:00Z`));
    const count = Math.round((last - first) / DAY) + 1;
    if (!(count >= 1 && count <= MOST)) return null;
    return Array.from({ length: count }, (_each, n) => new Date(first + n * DAY).toISOString().slice(0, 10));
  }

  function made(day) {
    const name = new Date(`${day}T00:00:00Z`).toLocaleDateString(document.documentElement.lang, { dateStyle: "long", timeZone: "UTC" });
    const html = template.innerHTML.replaceAll("__day__", day);
    const holder = document.createElement("template");
    holder.innerHTML = html;
    const part = holder.content.firstElementChild;
    part.dataset.tripDay = day;
    part.querySelector("[data-trip-day-name]").textContent = name;
    return part;
  }

  function follow() {
    const days = wanted();
    if (!days) return;
    parts().forEach((part) => {
      kept.set(part.dataset.tripDay, part);
      if (!days.includes(part.dataset.tripDay)) part.remove();
    });
    days.forEach((day) => {
      const part = kept.get(day) || made(day);
      box.append(part);
      window.htmx?.process(part);
    });
  }

  function addCustomer(part) {
    const rows = part.querySelectorAll("[data-trip-customer]");
    const last = rows[rows.length - 1];
    const row = last.cloneNode(true);
    row.querySelectorAll("input").forEach((input) => {
      const n = rows.length;
      input.name = input.name.replace(/_\d+$/, `_${n}`);
      input.id = input.id.replace(/_\d+$/, `_${n}`);
      if (input.type === "checkbox") input.checked = false;
      else input.value = "";
      input.classList.remove("is-invalid");
      input.setAttribute("hx-params", input.name);
    });
    row.querySelectorAll("label").forEach((label) => label.htmlFor && (label.htmlFor = label.htmlFor.replace(/_\d+$/, `_${rows.length}`)));
    row.querySelector(".invalid-feedback")?.remove();
    last.after(row);
    window.htmx?.process(row);
    row.querySelector("input").focus();
  }

  // A trip of a day, until its end is said.
  start.addEventListener("change", () => {
    if (end.value < start.value) end.value = start.value;
  });
  [start, end].forEach((input) => input.addEventListener("change", follow));
  box.addEventListener("click", (event) => {
    const add = event.target.closest("[data-trip-customer-add]");
    if (add) addCustomer(add.closest("[data-trip-day]"));
  });
  box.querySelectorAll("[data-trip-customer-add]").forEach((button) => (button.hidden = false));
  follow();
}

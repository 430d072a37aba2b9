// A form on the phone outlasts a page that is left and a connection that is lost:
// <form data-kept="name">. It comes back with its own token, so that what did arrive is not sent
// again; the page that shows it as received says so: <span data-kept-sent="token">.
import { kept } from "./drafts.js";

const PREFIX = "form:";
const NEVER = ["csrfmiddlewaretoken"];

function forget(token) {
  kept((store) => {
    Object.keys(store)
      .filter((key) => key.startsWith(PREFIX) && store.getItem(key).includes(token))
      .forEach((key) => store.removeItem(key));
  });
}

function keep(form) {
  const typed = [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !NEVER.includes(name));
  kept((store) => store.setItem(PREFIX + form.dataset.kept, JSON.stringify(typed)));
}

function fill(form, typed, filled) {
  [...form.elements].forEach((field) => {
    if (!field.name || field.type === "file" || NEVER.includes(field.name) || filled.has(field)) return;
    const values = typed.filter(([name]) => name === field.name).map(([_name, value]) => value);
    if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
    else if (values.length) field.value = values[0];
    filled.add(field);
  });
}

function giveBack(form) {
  const text = kept((store) => store.getItem(PREFIX + form.dataset.kept));
  if (text === null || form.querySelector(".is-invalid, .alert-danger")) return;
  const typed = JSON.parse(text);
  const filled = new Set();
  fill(form, typed, filled);
  // What follows from a field (days of a trip, what a leave costs) is shown, and filled in turn.
  form.querySelectorAll("input, select").forEach((field) => field.dispatchEvent(new Event("change", { bubbles: true })));
  fill(form, typed, filled);
}

export function keepForms() {
  document.querySelectorAll("[data-kept-sent]").forEach((sent) => forget(sent.dataset.keptSent));
  document.querySelectorAll("form[data-kept]").forEach((form) => {
    giveBack(form);
    form.addEventListener("input", () => keep(form));
    form.addEventListener("change", (event) => event.isTrusted && keep(form));
  });
}

// At the counter: the sum of the notes and the difference at once, Enter moves on, one key hands in.
// Whole fen throughout: no number of yuan is ever added up.
const fenOf = (yuan) => Math.round(Number(yuan) * 100);

function yuan(fen) {
  const text = (Math.abs(fen) / 100).toLocaleString("en-US", { minimumFractionDigits: 2 });
  return `${fen < 0 ? "−" : ""}${text}`;
}

function counted(form) {
  let sum = 0;
  form.querySelectorAll("[data-note]").forEach((input) => {
    const many = /^\d{1,5}$/.test(input.value.trim()) ? Number(input.value) : 0;
    const fen = many * Number(input.dataset.note);
    input.closest("tr").querySelector("[data-note-sum]").textContent = fen ? yuan(fen) : "";
    sum += fen;
  });
  return sum;
}

function ticked(form, method) {
  const lines = form.querySelectorAll(`[data-${method}]`);
  return Array.from(lines)
    .filter((line) => line.type !== "checkbox" || line.checked)
    .reduce((sum, line) => sum + fenOf(line.dataset[method]), 0);
}

function say(form, name, text) {
  const place = form.querySelector(`[data-${name}]`);
  if (place) place.textContent = text;
}

// The difference has to be taken by its own sum: another one is taken anew.
function askFor(form, difference, isCounted) {
  const question = form.querySelector("[data-differs]");
  if (!question) return;
  const box = question.querySelector("input");
  const value = difference ? (difference / 100).toFixed(2) : "";
  question.hidden = !difference || !isCounted;
  if (box.value === value) return;
  box.value = value;
  box.checked = false;
}

function reckon(form) {
  const cash = counted(form);
  const recorded = ticked(form, "cash");
  const difference = cash - recorded;
  say(form, "recorded", yuan(recorded));
  say(form, "counted", yuan(cash));
  say(form, "cheques", yuan(ticked(form, "cheque")));
  const place = form.querySelector("[data-difference]");
  const { none, missing, surplus } = place.dataset;
  const name = difference < 0 ? missing : surplus;
  place.textContent = difference ? `${name} ${yuan(Math.abs(difference))}` : none;
  place.className = difference ? "differs" : "agrees";
  askFor(form, difference, cash > 0);
}

function next(form, from) {
  const stops = Array.from(form.querySelectorAll("[data-next]"));
  const open = stops.filter((stop) => stop === from || stop.offsetParent !== null);
  const following = open[open.indexOf(from) + 1];
  following?.focus();
  following?.select?.();
}

function keys(form, event) {
  if (event.key === form.dataset.key) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("[data-hand-in]"));
  } else if (event.key === "Enter" && event.target.matches("input[data-next]")) {
    event.preventDefault();
    next(form, event.target);
  }
}

export function countCash() {
  document.querySelectorAll("form[data-counter]").forEach((form) => {
    form.addEventListener("input", () => reckon(form));
    document.addEventListener("keydown", (event) => keys(form, event));
    reckon(form);
    if (!form.querySelector("[autofocus]")) form.querySelector("[data-note]")?.focus();
  });
  // What was found before is typed over.
  document.querySelector("input[data-select]")?.select();
}

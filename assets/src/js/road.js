// The road, and visits: what is typed is kept in the browser until the server has it, and sent once. Each entry
// stands under a key of its own, with the number of the user who typed it: nobody else's is sent.
const AGAIN_AFTER = 20000; // ms between attempts while something waits
// Longest side and quality of a photo, the best first: the first that is small enough is kept.
const PHOTO_SIZES = [[1600, 0.75], [1280, 0.6], [1024, 0.5], [800, 0.4]];
const PHOTOS_MOST = 3;
const PHOTO_MOST = 700000; // characters of a photo kept; a browser keeps some five million in all
// Of each entry its own; all else that a form holds is what was typed.
const NOT_TYPED = ["token", "by", "csrfmiddlewaretoken"];

const root = document.querySelector("[data-road]");
// Each page that sends later has a queue of its own: data-road="visits".
const PREFIX = `${root?.dataset.road || "road"}:`;
const user = root?.dataset.user;
const part = (name) => root.querySelector(`[data-queue-${name}]`);
const words = root ? part("words").dataset : {};
// Where a browser keeps nothing, entries live as long as the page.
const unkept = new Map();
// Entries whose photo is still being made small.
const beingMade = new Set();
let csrf = root?.querySelector("input[name=csrfmiddlewaretoken]")?.value || "";
let isSending = false;
let signedOut = false;
let isOutdated = false;

const keyOf = (token) => `${PREFIX}${user}:${token}`;

function keep(entry) {
  try {
    window.localStorage.setItem(keyOf(entry.token), JSON.stringify(entry));
    return true;
  } catch {
    if (!entry.photos?.length) {
      unkept.set(entry.token, entry);
      return false;
    }
    // The store is full: the figures are worth more than their picture.
    return keep(Object.assign(entry, { photos: [], photoLost: true }));
  }
}

function forget(token) {
  unkept.delete(token);
  try {
    window.localStorage.removeItem(keyOf(token));
  } catch {
    // nothing was kept
  }
}

function entries() {
  const found = new Map(unkept);
  try {
    for (let i = 0; i < window.localStorage.length; i += 1) {
      const key = window.localStorage.key(i);
      if (!key.startsWith(`${PREFIX}${user}:`)) continue;
      const entry = JSON.parse(window.localStorage.getItem(key));
      found.set(entry.token, entry);
    }
  } catch {
    // what cannot be read is not sent
  }
  return [...found.values()].sort((one, other) => one.typed - other.typed);
}

const entryOf = (token) => entries().find((entry) => entry.token === token);

// crypto.randomUUID is there only with TLS.
function uuid() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

// --- What is shown ---------------------------------------------------------------------------

function show() {
  const all = entries();
  part("box").hidden = !all.length;
  const title = part("title");
  title.textContent = `${title.dataset.text} (${all.length})`;
  part("login").hidden = !signedOut;
  part("list").replaceChildren(...all.map(shown));
}

function shown(entry) {
  const item = root.querySelector("template[data-queue-entry]").content.cloneNode(true).firstElementChild;
  const { fields } = entry;
  const at = (name) => item.querySelector(`[data-${name}]`);
  at("what").textContent = [entry.customer || fields.customer, entry.slip].filter(Boolean).join(" · ");
  at("amount").textContent = fields.amount || "";
  const how = words[fields.method || entry.kind];
  at("how").textContent = [how, fields.cheque_no, fields.reason, fields.content, fields.at?.replace("T", " ")].filter(Boolean).join(" · ");
  at("wrong").hidden = !entry.wrong;
  at("wrong").textContent = entry.wrong || "";
  at("photo-lost").hidden = !entry.photoLost;
  at("acts").hidden = !entry.wrong;
  at("correct").hidden = !formOf(entry);
  item.dataset.entry = entry.token;
  return item;
}

function say(text) {
  const said = part("said");
  said.textContent = text;
  said.hidden = !text;
}

const formOf = (entry) => root.querySelector(`form[data-queue="${entry.kind}"][data-slip="${CSS.escape(entry.slip)}"]`);

// --- Typing ----------------------------------------------------------------------------------

const companyTime = () => new Date().toLocaleString("sv-SE", { timeZone: "Asia/Shanghai" }).slice(0, 16).replace(" ", "T");

// What is suggested is the present; what somebody typed stays.
function refreshNow(form) {
  form.querySelectorAll("[data-now]").forEach((input) => {
    if (!input.dataset.touched) input.value = companyTime();
  });
}

function easeForm(form) {
  const cheque = form.querySelector("[data-cheque]");
  if (!cheque) return;
  cheque.hidden = form.elements.method.value !== "cheque";
}

async function entryFrom(form) {
  const data = new FormData(form);
  const typed = [...data].filter(([name, value]) => typeof value === "string" && !NOT_TYPED.includes(name));
  const fields = Object.fromEntries(typed);
  const { photos, photoLost } = entryOf(data.get("token")) || {};
  const entry = {
    token: data.get("token"),
    kind: form.dataset.queue,
    url: form.getAttribute("action"),
    slip: form.dataset.slip,
    customer: form.dataset.customer,
    typed: Date.now(),
    fields,
    photos,
    photoLost,
  };
  if (!keep(entry) && !navigator.onLine) say(words.unkept);
  const files = [...(form.elements.photos?.files || [])].slice(0, PHOTOS_MOST);
  if (!files.length) return;
  beingMade.add(entry.token);
  const made = await Promise.all(files.map(photoOf));
  keep(Object.assign(entry, { photos: made.filter(Boolean), photoLost: made.includes("") }));
  beingMade.delete(entry.token);
}

// Small enough to be kept: as a phone takes them, two photos would fill the store.
async function photoOf(file) {
  try {
    const picture = await createImageBitmap(file);
    for (const [side, quality] of PHOTO_SIZES) {
      const photo = jpegOf(picture, side, quality);
      if (photo.length <= PHOTO_MOST) return photo;
    }
  } catch {
    // no picture that this browser reads
  }
  return "";
}

function jpegOf(picture, side, quality) {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL("image/jpeg", quality);
}

function fileOf(photo) {
  const bytes = Uint8Array.from(atob(photo.split(",")[1]), (char) => char.charCodeAt(0));
  return new File([bytes], "photo.jpg", { type: "image/jpeg" });
}

// The form is ready for another one at once, with a token of its own: what was typed is kept.
function startAnew(form) {
  form.reset();
  form.elements.token.value = uuid();
  form.querySelectorAll("[data-touched]").forEach((input) => delete input.dataset.touched);
  form.querySelectorAll("[data-place-part]").forEach((input) => (input.value = ""));
  forgetDrafts(form);
  const fold = form.closest("details");
  if (fold) fold.open = false;
  else delete form.dataset.taken;
  easeForm(form);
  refreshNow(form);
}

// What was being typed is in the queue now (drafts.js).
function forgetDrafts(form) {
  try {
    form.querySelectorAll("[data-draft]").forEach((area) => window.localStorage.removeItem(`draft:${area.dataset.draft}`));
  } catch {
    // nothing was kept
  }
}

async function submitted(event) {
  const form = event.target.closest("form[data-queue]");
  if (!form) return;
  event.preventDefault();
  // A second click finds the form taken; it is free again when its fold is opened anew.
  if (form.dataset.taken) return;
  form.dataset.taken = "1";
  say("");
  refreshNow(form);
  await entryFrom(form);
  startAnew(form);
  show();
  await send();
  // Waiting, refused or done: whoever typed far below sees which.
  root.querySelector("[data-queue-box]:not([hidden]), [data-queue-said]:not([hidden])")?.scrollIntoView({ block: "center" });
}

// --- Sending ---------------------------------------------------------------------------------

class Later extends Error {}

async function post(entry) {
  const body = new FormData();
  Object.entries(entry.fields).forEach(([name, value]) => body.append(name, value));
  body.append("token", entry.token);
  body.append("by", user);
  entry.photos?.forEach((photo) => body.append("photos", fileOf(photo)));
  body.append("csrfmiddlewaretoken", csrf);
  try {
    return await fetch(entry.url, { method: "POST", body, headers: { Accept: "application/json" }, credentials: "same-origin" });
  } catch {
    throw new Later();
  }
}

const isJson = (answer) => (answer.headers.get("Content-Type") || "").startsWith("application/json");

// Who is signed in now, and a token of theirs: the page may be older than both.
async function freshToken() {
  let answer;
  try {
    answer = await fetch(root.dataset.tokenUrl, { headers: { Accept: "application/json" }, credentials: "same-origin" });
  } catch {
    throw new Later();
  }
  if (answer.status >= 500) throw new Later();
  if (!answer.ok || !isJson(answer)) {
    signedOut = true;
    throw new Later();
  }
  const said = await answer.json();
  signedOut = String(said.user) !== user;
  if (signedOut) throw new Later();
  csrf = said.token;
}

async function attempt(entry) {
  let answer = await post(entry);
  const isStale = (answer.status === 403 && !isJson(answer)) || answer.redirected;
  if (isStale) {
    await freshToken();
    answer = await post(entry);
  }
  if (answer.status === 409) {
    signedOut = true;
    throw new Later();
  }
  if (answer.status >= 500 || answer.status === 429) throw new Later();
  return answer;
}

async function settle(entry, answer) {
  if (answer.ok && isJson(answer)) {
    const said = await answer.json();
    forget(entry.token);
    signedOut = false;
    say(said.said);
    replaceCard(entry, said.card);
    return;
  }
  // Corrected meanwhile, or thrown away in another window: that counts.
  const now = entryOf(entry.token);
  if (!now) return;
  now.wrong = isJson(answer) ? (await answer.json()).errors.join(" ") : answer.status === 404 ? words.gone : words.odd;
  keep(now);
}

function replaceCard(entry, html) {
  if (root.dataset.reloadFor === entry.slip) isOutdated = true;
  const card = root.querySelector(`[data-road-slip="${CSS.escape(entry.slip)}"]`);
  if (!card) return;
  const template = document.createElement("template");
  template.innerHTML = html;
  card.replaceWith(...template.content.children);
  root.querySelectorAll("form[data-queue]").forEach(easeForm);
}

async function send() {
  if (isSending) return;
  isSending = true;
  try {
    for (let entry = nextEntry(); entry; entry = nextEntry(entry)) await settle(entry, await attempt(entry));
  } catch (error) {
    if (!(error instanceof Later)) throw error;
  } finally {
    isSending = false;
    show();
    if (isOutdated) window.location.reload();
  }
}

// One after the other, as they were typed; one that was refused waits for its correction.
function nextEntry(after) {
  return entries().find((entry) => !entry.wrong && !beingMade.has(entry.token) && (!after || entry.typed > after.typed || (entry.typed === after.typed && entry.token !== after.token)));
}

// --- What was refused ------------------------------------------------------------------------

function correct(entry) {
  const form = formOf(entry);
  if (!form) return;
  Object.entries(entry.fields).forEach(([name, value]) => {
    if (form.elements[name]) form.elements[name].value = value;
  });
  form.querySelectorAll("[data-now]").forEach((input) => (input.dataset.touched = "1"));
  // The same entry: sent again it is recorded once, whatever came of the first time.
  form.elements.token.value = entry.token;
  delete form.dataset.taken;
  easeForm(form);
  const fold = form.closest("details");
  if (fold) fold.open = true;
  form.querySelector("input:not([type=hidden]), textarea").focus();
}

function clicked(event) {
  const fill = event.target.closest("[data-fill]");
  if (fill) {
    fill.closest("form").elements.amount.value = fill.dataset.fill;
    return;
  }
  const entry = entryOf(event.target.closest("[data-entry]")?.dataset.entry);
  if (!entry) return;
  if (event.target.closest("[data-correct]")) correct(entry);
  if (event.target.closest("[data-again]")) {
    keep({ ...entry, wrong: "" });
    show();
    send();
  }
  if (event.target.closest("[data-drop]") && window.confirm(words.sure)) {
    forget(entry.token);
    show();
  }
}

if (root) {
  // Before the guard that every form has: these are not sent by the browser.
  document.addEventListener("submit", submitted, true);
  root.addEventListener("click", clicked);
  root.addEventListener("input", (event) => {
    if (event.target.matches("[data-now]")) event.target.dataset.touched = "1";
  });
  root.addEventListener("change", (event) => event.target.form && easeForm(event.target.form));
  root.addEventListener(
    "toggle",
    (event) => {
      const form = event.target.open && event.target.querySelector("form[data-queue]");
      if (!form) return;
      delete form.dataset.taken;
      refreshNow(form);
    },
    true,
  );
  root.querySelectorAll("form[data-queue]").forEach(easeForm);
  window.addEventListener("online", send);
  window.addEventListener("storage", show);
  document.addEventListener("visibilitychange", () => document.hidden || send());
  window.setInterval(() => nextEntry() && send(), AGAIN_AFTER);
  show();
  send();
}

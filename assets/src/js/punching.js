// After a punch the browser is asked where it is; the punch stands before, with or without an answer.
const PATIENCE = 5000;

function say(form, text) {
  const said = form.querySelector("[data-place-said]");
  if (text) said.querySelector("span").textContent = text;
  said.hidden = false;
}

function askForPlace() {
  const form = document.querySelector("form[data-place]:not([data-asked])");
  if (!form) return;
  form.dataset.asked = "";
  if (!navigator.geolocation) {
    say(form, form.dataset.refused);
    return;
  }
  say(form);
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      if (!form.isConnected) return;
      form.elements.latitude.value = coords.latitude;
      form.elements.longitude.value = coords.longitude;
      form.elements.accuracy.value = Math.round(coords.accuracy);
      form.requestSubmit();
    },
    () => say(form, form.dataset.refused),
    { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 30000 },
  );
}

function tellOffline(isOffline) {
  const notice = document.querySelector("[data-punch-offline]");
  if (notice) notice.hidden = !isOffline;
}

export function tellPlace() {
  if (!document.getElementById("punch")) return;
  askForPlace();
  document.addEventListener("htmx:afterSettle", askForPlace);
  document.addEventListener("htmx:sendError", () => tellOffline(true));
  window.addEventListener("offline", () => tellOffline(true));
  window.addEventListener("online", () => tellOffline(false));
}

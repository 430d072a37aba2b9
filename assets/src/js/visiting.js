// A visit on the phone: a customer picked with one tap, the place told if somebody wants to.
const PATIENCE = 10000;

function pick(button) {
  const input = button.closest("[data-picks]").elements.customer;
  input.value = button.dataset.pick;
  document.getElementById("customers-offered").replaceChildren();
  const next = input.form.querySelector("textarea");
  if (next && !next.value) next.focus();
}

function tellPlace(box) {
  const said = box.querySelector("[data-place-said]");
  const part = (name) => box.querySelector(`[name=${name}]`);
  const refused = () => (said.textContent = box.dataset.refused);
  if (!navigator.geolocation) {
    refused();
    return;
  }
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => {
      part("latitude").value = coords.latitude;
      part("longitude").value = coords.longitude;
      part("accuracy").value = Math.round(coords.accuracy);
      said.textContent = said.dataset.given;
    },
    refused,
    { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 60000 },
  );
}

export function easeVisits() {
  const form = document.querySelector("form[data-picks]");
  if (!form) return;
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-pick]");
    if (button) pick(button);
    if (event.target.closest("[data-ask-place]")) tellPlace(event.target.closest("[data-tell-place]"));
  });
  form.addEventListener("reset", () => {
    form.querySelectorAll("[data-place-said]").forEach((said) => (said.textContent = ""));
    document.getElementById("customers-offered").replaceChildren();
  });
}

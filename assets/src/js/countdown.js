// A deadline that comes nearer: <strong data-countdown="2026-11-28T16:00:00+08:00" data-days="days">.
const two = (number) => String(number).padStart(2, "0");

function say(element) {
  const left = Math.floor((Date.parse(element.dataset.countdown) - Date.now()) / 1000);
  if (Number.isNaN(left)) return;
  if (left < 0) {
    element.textContent = element.dataset.passed;
    return;
  }
  const days = Math.floor(left / 86400);
  const time = [Math.floor((left % 86400) / 3600), Math.floor((left % 3600) / 60), left % 60];
  element.textContent = `${days ? `${days} ${element.dataset.days} ` : ""}${time.map(two).join(":")}`;
}

export function countDown() {
  const all = () => document.querySelectorAll("[data-countdown]").forEach(say);
  if (!document.querySelector("[data-countdown]")) return;
  all();
  setInterval(all, 1000);
}

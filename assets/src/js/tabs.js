// Where the tabs are wider than a phone, the one that is open is in sight.
export function showTab() {
  document.querySelectorAll(".tabs .current").forEach((tab) => {
    tab.parentElement.scrollLeft = tab.offsetLeft - (tab.parentElement.clientWidth - tab.clientWidth) / 2;
  });
}

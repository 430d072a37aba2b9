// Loaded only by pages that draw charts: <canvas data-chart="what Chart.js is told, as JSON">.
import Chart from "chart.js/auto";

function draw(canvas) {
  new Chart(canvas, JSON.parse(canvas.dataset.chart));
}

function drawAll(part) {
  part.querySelectorAll("canvas[data-chart]").forEach(draw);
}

drawAll(document);
// What htmx brings in later draws its own.
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) drawAll(event.target);
});

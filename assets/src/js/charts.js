// Loaded only by pages that draw charts: <canvas data-chart="id-of-json-script"></canvas>.
import Chart from "chart.js/auto";

function draw(canvas) {
  const data = document.getElementById(canvas.dataset.chart);
  if (data) new Chart(canvas, JSON.parse(data.textContent));
}

document.querySelectorAll("canvas[data-chart]").forEach(draw);

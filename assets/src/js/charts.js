// Loaded only by pages that draw charts: <canvas data-chart="what Chart.js is told, as JSON">.
import Chart from "chart.js/auto";

const charts = [];

// Stripes of a colour on white: told apart where the colour is not.
function stripes(colour) {
  const tile = document.createElement("canvas");
  tile.width = 8;
  tile.height = 8;
  const pen = tile.getContext("2d");
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, 8, 8);
  pen.strokeStyle = colour;
  pen.lineWidth = 2;
  for (const from of [-8, 0, 8]) {
    pen.moveTo(from, 8);
    pen.lineTo(from + 8, 0);
  }
  pen.stroke();
  return pen.createPattern(tile, "repeat");
}

// A dataset that says `hatched` is drawn in stripes of its colour.
function draw(canvas) {
  const told = JSON.parse(canvas.dataset.chart);
  for (const each of told.data.datasets) {
    if (each.hatched) each.backgroundColor = stripes(each.backgroundColor);
  }
  charts.push(new Chart(canvas, told));
}

// Paper is as wide as it is, not as the window was.
window.addEventListener("beforeprint", () => charts.forEach((chart) => chart.resize(640, 240)));
window.addEventListener("afterprint", () => charts.forEach((chart) => chart.resize()));

function drawAll(part) {
  part.querySelectorAll("canvas[data-chart]").forEach(draw);
}

drawAll(document);
// What htmx brings in later draws its own.
document.addEventListener("htmx:load", (event) => {
  if (event.target !== document.body) drawAll(event.target);
});

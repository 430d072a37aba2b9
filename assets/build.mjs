// Bundles assets/src into assets/dist. Run with `npm run build`, or with any Node of 18 or later.
import { cp, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const out = path.join(here, "dist");

// Tabler writes its colours as light-dark(light, dark), which phones of 2023 and before do not
// know. The house has one theme, so the light side can stand in its place.
function lightSide(css) {
  const call = "light-dark(";
  let result = "";
  let from = 0;
  for (let at = css.indexOf(call); at >= 0; at = css.indexOf(call, from)) {
    const { first, end } = twoArguments(css, at + call.length);
    result += css.slice(from, at) + lightSide(first).trim();
    from = end;
  }
  return result + css.slice(from);
}

function twoArguments(css, start) {
  let depth = 0;
  let comma = -1;
  for (let i = start; i < css.length; i += 1) {
    const char = css[i];
    if (char === "(") depth += 1;
    else if (char === ")" && depth === 0) return { first: css.slice(start, comma), end: i + 1 };
    else if (char === ")") depth -= 1;
    else if (char === "," && depth === 0 && comma < 0) comma = i;
  }
  throw new Error("light-dark( without an end");
}

const oneTheme = {
  name: "one-theme",
  setup(build) {
    build.onLoad({ filter: /tabler\.css$/ }, async ({ path: file }) => ({
      contents: lightSide(await readFile(file, "utf8")),
      loader: "css",
    }));
  },
};

const options = {
  entryPoints: {
    app: path.join(here, "src/js/app.js"),
    charts: path.join(here, "src/js/charts.js"),
    road: path.join(here, "src/js/road.js"),
    styles: path.join(here, "src/css/app.css"),
  },
  outdir: out,
  bundle: true,
  minify: true,
  format: "iife",
  target: ["es2021", "chrome100", "firefox100", "safari15"],
  legalComments: "none",
  logLevel: "info",
  plugins: [oneTheme],
};

await rm(out, { recursive: true, force: true });
await cp(path.join(here, "src/img"), out, { recursive: true });
if (process.argv.includes("--watch")) {
  const context = await esbuild.context(options);
  await context.watch();
} else {
  await esbuild.build(options);
}

// Opens pages in Chromium without a window, has axe-core look at each as it is shown and as it is printed, and prints what it
// found as JSON: {"page.html": {"violations": [...], "incomplete": [...], "passes": 43}}.
//
//     node tests/axe.mjs FOLDER_OF_NODE_MODULES CHROMIUM PAGE...
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, chromium, ...pages] = process.argv.slice(2);
const require = createRequire(resolve(modules, "package.json"));
const { chromium: driver } = require("playwright-core");
const axe = require.resolve("axe-core");
// As root there is no sandbox; without the others Chromium asks its maker for news at every start.
const quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update"];

const told = (one) => ({ id: one.id, nodes: one.nodes.map((node) => `${node.target}: ${node.failureSummary ?? node.any.map((any) => any.message)}`) });

const browser = await driver.launch({ executablePath: chromium, args: quiet });
const found = {};
for (const path of pages) {
  found[path] = {};
  for (const media of ["screen", "print"]) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.emulateMedia({ media });
    await page.goto(pathToFileURL(path).href);
    await page.addScriptTag({ path: axe });
    // axe-core knows no ground of the letters in a drawing, and says so of each: they have a test of their own.
    const said = await page.evaluate(() => window.axe.run({ include: [["html"]], exclude: [["svg text"]] }));
    found[path][media] = {
      violations: said.violations.map(told),
      incomplete: said.incomplete.map(told),
      passes: said.passes.map((one) => one.id),
    };
    await page.close();
  }
}
await browser.close();
console.log(JSON.stringify(found));

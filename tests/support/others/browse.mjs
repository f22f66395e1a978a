// A real browser that looks at pages. Each line of input is a page with the ways to look at it, as JSON; each line of
// output is what was seen. Started once for many pages: browse.mjs FOLDER-OF-NODE_MODULES CHROMIUM.
//
// {"html": …, "views": [{"width": 320, "scheme": "dark", "bare": true, "axe": true, "shot": "file.png", "hash": "#x"}]}
//   -> {"asked": [addresses], "said": [console], "views": [what look.js found, with "axe": [violations]]}
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder, executablePath] = process.argv.slice(2);
const require = createRequire(folder + "/");
const { chromium } = require("playwright-core");
const look = readFileSync(new URL("look.js", import.meta.url), "utf-8");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf-8");

const home = await mkdtemp(join(tmpdir(), "pages-"));
const profile = join(home, "profile");
const context = await chromium.launchPersistentContext(profile, {
  executablePath,
  headless: true,
  serviceWorkers: "block",
  args: [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND",
  ],
});
const page = context.pages()[0] ?? (await context.newPage());
page.setDefaultTimeout(30_000);

let asked = [];
let said = [];
const file = join(home, "page.html");
const address = String(pathToFileURL(file));
await context.route("**/*", (route) => {
  const wanted = route.request().url();
  if (wanted.split("#")[0] === address) return route.continue();
  asked.push(wanted);
  return route.abort();
});
page.on("console", (message) => said.push(`${message.type()}: ${message.text()}`));
page.on("pageerror", (error) => said.push(`error: ${error}`));
await page.addInitScript(() => {
  document.addEventListener("securitypolicyviolation", (event) =>
    console.error(`policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`),
  );
});

async function seen(view) {
  await page.setViewportSize({ width: view.width ?? 1280, height: view.height ?? 900 });
  await page.emulateMedia({ colorScheme: view.scheme ?? "light" });
  if (view.hash) await page.goto(address + view.hash);
  if (view.bare) await page.evaluate("look.bare()");
  if (view.shot) await page.screenshot({ path: view.shot });
  const found = await page.evaluate("look.all()");
  if (view.axe) {
    await page.evaluate(axe);
    found.axe = await page.evaluate("axe.run(document, {resultTypes: ['violations']})").then((report) =>
      report.violations.flatMap((rule) =>
        rule.nodes.map((node) => `${rule.impact} ${rule.id}: ${node.target} ${node.failureSummary}`.replace(/\s+/g, " ")),
      ),
    );
  }
  return found;
}

async function answer({ html, views }) {
  [asked, said] = [[], []];
  await writeFile(file, html);
  await page.goto("about:blank");
  await page.goto(address);
  await page.evaluate(look);
  const found = [];
  for (const view of views) found.push(await seen(view));
  return { asked, said, views: found };
}

try {
  for await (const line of createInterface({ input: process.stdin })) {
    console.log(JSON.stringify(await answer(JSON.parse(line))));
  }
} finally {
  await context.close();
  await rm(home, { recursive: true, force: true });
}

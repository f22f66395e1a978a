// Fills in and sends the forms of a running page, as a person would: one line of JSON in, one out.
//   node act.mjs FOLDER CHROMIUM
//   {address, width, scheme, scripts, steps: [{fill: {selector: value}} | {files: {selector: [path]}} | {click: selector}
//     | {uncheck: selector} | {go: address} | {axe: true} | {value: selector} | {text: true} | {width: true}]}
// -> {said: [...what the page logged or failed at], found: [...what each question found]}
import { createInterface } from "node:readline";
import { createRequire } from "node:module";

const [folder, chromium] = process.argv.slice(2);
const require = createRequire(`${folder}/node_modules/`);
const { chromium: launcher } = require("playwright-core");
const axe = require("axe-core").source;
const browser = await launcher.launch({ executablePath: chromium, args: ["--no-sandbox"] });

async function step(page, asked) {
  if (asked.go) return void (await page.goto(asked.go));
  if (asked.fill) {
    for (const [selector, value] of Object.entries(asked.fill)) await page.fill(selector, value);
  } else if (asked.files) {
    for (const [selector, paths] of Object.entries(asked.files)) await page.setInputFiles(selector, paths);
  } else if (asked.click) {
    await Promise.all([page.waitForLoadState("load"), page.waitForNavigation(), page.click(asked.click)]);
  } else if (asked.uncheck) {
    await page.uncheck(asked.uncheck);
  } else if (asked.value) return await page.inputValue(asked.value);
  else if (asked.text) return await page.innerText("body");
  else if (asked.width) return await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  else if (asked.axe) {
    await page.evaluate(axe);
    const found = await page.evaluate(() => globalThis.axe.run());
    return found.violations.map((each) => `${each.id}: ${each.nodes.map((node) => node.target.join(" ")).join(", ")}`);
  }
  return undefined;
}

for await (const line of createInterface({ input: process.stdin })) {
  const asked = JSON.parse(line);
  const context = await browser.newContext({
    viewport: { width: asked.width, height: 800 }, colorScheme: asked.scheme, javaScriptEnabled: asked.scripts,
    bypassCSP: asked.bypass ?? false,
  });
  const page = await context.newPage();
  const said = [];
  page.on("console", (message) => said.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => said.push(`error: ${error.message}`));
  const found = [];
  try {
    await page.goto(asked.address);
    for (const each of asked.steps) {
      const told = await step(page, each);
      if (told !== undefined) found.push(told);
    }
  } catch (error) {
    said.push(`failed: ${error.message}`);
  }
  await context.close();
  process.stdout.write(`${JSON.stringify({ said, found })}\n`);
}
await browser.close();

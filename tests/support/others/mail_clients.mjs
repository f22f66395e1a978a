// What caniemail knows mail programs to do with a page. Each line of input is a page as a JSON string; each line of
// output {"feature": {"client": "none" | "partial"}}, for the programs that people read mail with.
import { createInterface } from "node:readline";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const path = createRequire(process.argv[2] + "/").resolve("caniemail");
const { caniemail } = await import(pathToFileURL(path));
const clients = [
  "gmail.*", "outlook.*", "apple-mail.*", "yahoo.*", "thunderbird.*", "protonmail.*", "samsung-email.*", "fastmail.*",
];

function judge(html) {
  const { issues } = caniemail({ clients, html });
  const found = {};
  for (const [support, each] of [["partial", issues.warnings], ["none", issues.errors]]) {
    for (const [client, features] of each) for (const { title } of features) (found[title] ??= {})[client] = support;
  }
  return found;
}

for await (const line of createInterface({ input: process.stdin })) console.log(JSON.stringify(judge(JSON.parse(line))));

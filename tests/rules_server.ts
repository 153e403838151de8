import * as rules from "../utils/upheaval/widgets/all_rules.ts";

// Runs the front end's rules for tests in Python: a line of JSON comes in, with a function's source
// and its argument, and a line of JSON goes out. `tests/rules.py` is the other end.

async function answered(line: string): Promise<object> {
  try {
    const { code, argument } = JSON.parse(line);
    const run = new Function("rules", `return (${code})`)(rules);
    return { result: await run(argument) ?? null };
  } catch (error) {
    return { error: String(error) };
  }
}

const encoder = new TextEncoder();
let rest = "";
for await (const chunk of Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
  const lines = `${rest}${chunk}`.split("\n");
  rest = lines.pop() ?? "";
  for (const line of lines) {
    const text = encoder.encode(`${JSON.stringify(await answered(line))}\n`);
    for (let sent = 0; sent < text.length;) sent += await Deno.stdout.write(text.subarray(sent));
  }
}

// What compute-engine makes of links: node peer-engine.mjs CASES.json, in a folder where it is installed -> a verdict a line: unread, true, false, open.
import { readFileSync } from 'node:fs';

const [file] = process.argv.slice(2);
// By a name in a variable: the project does not depend on it.
const peer = '@cortex-js/compute-engine';
const { ComputeEngine } = await import(peer);
for (const { lhs, rhs } of JSON.parse(readFileSync(file, 'utf8'))) {
  const engine = new ComputeEngine();
  let verdict;
  try {
    const [a, b] = [engine.parse(lhs), engine.parse(rhs)];
    if (!a.isValid || !b.isValid) verdict = 'unread';
    else {
      const equal = a.isEqual(b);
      verdict = equal === undefined ? 'open' : equal ? 'true' : 'false';
    }
  } catch {
    verdict = 'open';
  }
  process.stdout.write(`${verdict}\n`);
}

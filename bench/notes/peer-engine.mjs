// What compute-engine makes of links: node peer-engine.mjs FOLDER-WITH-NODE_MODULES CASES.json -> a verdict a line: unread, true, false, open.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const [folder, file] = process.argv.slice(2);
const { ComputeEngine } = createRequire(path.join(path.resolve(folder), 'x.js'))('@cortex-js/compute-engine');
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
  console.log(verdict);
}

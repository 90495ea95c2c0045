import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { compare } from '../../src/notes/numbers/compare.js';
import { readNotes } from '../../src/notes/notes.js';
import { mutationsOf } from './mutate.js';

// `npm run bench:notes:recall -- [--out FILE]`: each true link of the project's own documents with a slip in it. Is it called false, and nothing else?

const seed = 20261122;
const perLink = 6;
const folder = fileURLToPath(new URL('../../../tests/notes/documents/', import.meta.url));

/** A link before or after a slip, for the peers too: whether it is true, and its sides. */
interface Case {
  readonly file: string;
  readonly isTrue: boolean;
  readonly lhs: string;
  readonly rhs: string;
  readonly slip: string;
  readonly verdict: 'true' | 'false' | 'open';
}

const cases: Case[] = [];
const counts = { links: 0, decided: 0, alarms: 0, equal: 0, mutations: 0, found: 0, missed: 0, open: 0, elsewhere: 0 };
for (const file of readdirSync(folder)
  .filter((name) => /\.(md|tex)$/.test(name) && !name.includes('wrong'))
  .sort()) {
  const text = readFileSync(path.join(folder, file), 'utf8');
  const { links, document, bindings } = readNotes(file, text, { repairs: false });
  for (const [i, link] of links.entries()) {
    if (link.verdict === 'definition') continue;
    counts.links++;
    const { lhs, rhs } = link;
    const called = link.severity === 'error' ? 'false' : link.verdict === 'true' ? 'true' : 'open';
    if (called === 'true') counts.decided++;
    if (called === 'false') counts.alarms++;
    cases.push({ file, isTrue: true, lhs: lhs.text, rhs: rhs.text, slip: '', verdict: called });
    for (const { text: side, slip } of mutationsOf(rhs.text, seed, perLink)) {
      const read = document.readSide(side, link.statement.sde).tree;
      const isEqual =
        rhs.tree !== undefined && read !== undefined && !link.statement.sde && compare({ lhs: rhs.tree, rhs: read, bindings, at: rhs.start }).outcome === 'equal'; // prettier-ignore
      if (isEqual) {
        counts.equal++;
        continue;
      }
      counts.mutations++;
      const after = readNotes(file, text.slice(0, rhs.start) + side + text.slice(rhs.end), { repairs: false }).links;
      const mutated = after.find((each) => each.rhs.start === rhs.start || each.rhs.text === side);
      const verdict = mutated?.severity === 'error' ? 'false' : mutated?.verdict === 'true' ? 'true' : 'open';
      if (verdict === 'false') counts.found++;
      else if (verdict === 'true') counts.missed++;
      else counts.open++;
      if (verdict !== 'false') console.log(`${verdict === 'true' ? 'missed' : 'open'}  ${file}  ${slip}: ${lhs.text} ${link.relation} ${side}  [${mutated?.verdict ?? 'no link'} ${mutated?.message ?? ''}]`); // prettier-ignore
      // Every other link that was true has to stay so: the next members are compared with the last correct one.
      const others = after.filter((each, k) => each !== mutated && k !== i && links[k]?.verdict === 'true' && each.severity === 'error'); // prettier-ignore
      if (others.length > 0) counts.elsewhere++;
      cases.push({ file, isTrue: false, lhs: lhs.text, rhs: side, slip, verdict });
    }
  }
}
console.log(JSON.stringify(counts));
const out = process.argv[process.argv.indexOf('--out') + 1];
if (process.argv.includes('--out') && out !== undefined) writeFileSync(out, JSON.stringify(cases, null, 1));

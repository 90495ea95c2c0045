import { ink, palette } from './plot-style.js';

/** The style of a report's page: one column that reads on a phone, on paper and at night. */
export const pageStyles = `
:root {
  color-scheme: light dark;
  --paper: #fff; --ink: #1f2328; --soft: #59636e; --line: #d1d9e0; --band: #f6f8fa; --link: #0757b8;
  --good: #116329; --good-band: #dafbe1; --bad: #a40e26; --bad-band: #ffebe9; --open: #7a4b00; --open-band: #fff3c4;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #12161b; --ink: #e2e7ec; --soft: #a0abb6; --line: #353d47; --band: #1b2128; --link: #79b8ff;
    --good: #7ee2a0; --good-band: #12351f; --bad: #ffa8a0; --bad-band: #45181a; --open: #f0cf73; --open-band: #3b2e08;
  }
  svg [stroke="${palette[0]}"] { stroke: #4aa3df; }
  svg [fill="${palette[0]}"] { fill: #4aa3df; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; scroll-padding-top: 1rem; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "PingFang TC", "Noto Sans TC", "Microsoft JhengHei", sans-serif; overflow-wrap: break-word; }
main { max-width: 60rem; margin: 0 auto; padding: 2rem 1.25rem 5rem; }
h1, h2, h3, h4 { line-height: 1.25; margin: 2em 0 .6em; text-wrap: balance; }
h1 { font-size: 2rem; margin-top: 0; letter-spacing: -.01em; }
h2 { font-size: 1.5rem; padding-bottom: .3em; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.25rem; margin-top: 3em; padding-top: 1.2em; border-top: 1px solid var(--line); }
h2 + h3 { margin-top: 1.2em; padding-top: 0; border-top: 0; }
h4 { font-size: 1rem; margin: 1.8em 0 .5em; color: var(--soft); text-transform: uppercase; letter-spacing: .05em; }
p, ul, ol { margin: .7em 0; }
li { margin: .3em 0; }
ul { padding-left: 1.3em; }
a { color: var(--link); text-underline-offset: .15em; text-decoration-thickness: .06em; }
a:hover { text-decoration-thickness: .12em; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
code { font: .875em/1.4 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; background: var(--band); border: 1px solid var(--line); border-radius: 4px; padding: .1em .35em; overflow-wrap: anywhere; }
nav ul { list-style: none; padding: 0; margin: .5em 0; }
nav ul ul { padding-left: 1.2em; }
nav li { margin: .2em 0; }
.scroll, .equation { overflow-x: auto; overflow-y: hidden; max-width: 100%; }
.scroll { margin: 1em 0; border: 1px solid var(--line); border-radius: 8px; }
table { border-collapse: collapse; width: 100%; font-size: .875rem; line-height: 1.45; font-variant-numeric: tabular-nums; }
th, td { padding: .5em .6em; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); overflow-wrap: normal; }
td, tbody th { min-width: 8rem; max-width: 24rem; }
tbody .short { min-width: 0; white-space: nowrap; }
tbody tr:last-child > * { border-bottom: 0; }
thead th { background: var(--band); color: var(--soft); font-weight: 600; vertical-align: bottom; }
tbody th { font-weight: 400; }
tbody .formula { min-width: 15rem; }
tbody .long { min-width: 13rem; }
.equation { margin: 1em 0; padding: .2em 0; }
.equation > p { margin: 0; }
.katex-display { margin: 0; padding: .3em 0; }
.katex { font-size: 1.12em; }
table .katex { font-size: 1.05em; }
.badge { display: inline-block; padding: .05em .6em; border-radius: 1em; border: 1px solid currentColor; font-size: .875em; font-weight: 600; white-space: nowrap; }
.good { color: var(--good); background: var(--good-band); }
.bad { color: var(--bad); background: var(--bad-band); }
.open { color: var(--open); background: var(--open-band); border-style: dashed; }
figure { margin: 1.6em 0; }
figure svg { display: block; max-width: 100%; height: auto; margin: 0 auto; }
figcaption { margin-top: .7em; color: var(--soft); font-size: .9rem; }
.sheet { display: grid; grid-template-columns: minmax(5rem, max-content) minmax(0, max-content); gap: 0 .8rem; justify-content: center; }
.sheet img { display: block; width: 100%; height: auto; border-radius: 4px; image-rendering: pixelated; grid-column: 2; grid-row: 1; }
.rows { grid-column: 1; grid-row: 1; display: grid; grid-auto-rows: 1fr; align-items: center; font-size: .85rem; line-height: 1.25; text-align: right; max-width: 11rem; }
svg [fill="${ink.text}"] { fill: var(--ink); }
svg [stroke="${ink.text}"] { stroke: var(--ink); }
svg [stroke="${ink.axis}"] { stroke: var(--soft); }
svg [stroke="${ink.faint}"] { stroke: var(--line); }
@media (max-width: 40rem) {
  main { padding: 1.2rem 1rem 3rem; }
  h1 { font-size: 1.6rem; } h2 { font-size: 1.3rem; } h3 { font-size: 1.12rem; }
  .katex { font-size: 1.05em; }
  .sheet { gap: 0 .5rem; } .rows { font-size: .7rem; max-width: 6.5rem; }
}
@media (min-width: 82rem) {
  main { max-width: 84rem; padding-left: 20rem; }
  nav { position: fixed; top: 0; bottom: 0; left: max(0px, calc(50vw - 42rem)); width: 18rem; padding: 2rem 1.25rem; overflow-y: auto; font-size: .85rem; line-height: 1.4; border-right: 1px solid var(--line); }
  nav h2 { margin-top: 0; font-size: 1rem; border: 0; padding: 0; }
}
@page { margin: 18mm 15mm; }
@media print {
  :root { --paper: #fff; --ink: #000; --soft: #333; --line: #bbb; --band: #f3f3f3; --link: #000; --good-band: #fff; --bad-band: #fff; --open-band: #fff; --good: #000; --bad: #000; --open: #000; color-scheme: light; }
  body { font-size: 10pt; line-height: 1.45; }
  main { max-width: none; padding: 0; }
  nav { position: static; width: auto; padding: 0; border: 0; font-size: 10pt; }
  .scroll, .equation { overflow: visible; }
  table { font-size: 8pt; }
  th, td { padding: .35em .5em; }
  td, tbody th, tbody .formula, tbody .long { min-width: 0; }
  h2, h3, h4 { break-after: avoid; }
  tr, figure, .equation { break-inside: avoid; }
  thead { display: table-header-group; }
  a { text-decoration: none; }
}
`;

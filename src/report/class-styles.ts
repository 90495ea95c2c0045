/** What the page of a class adds to the style of a report. */
export const classStyles = `
main { max-width: 84rem; }
section { margin-top: 3em; }
td, tbody th { min-width: 0; }
.cell, .grid td { text-align: right; }
.cell { display: inline-block; min-width: 1.8em; padding: 0 .4em; border: 1px solid var(--line); border-radius: 4px; }
.grid td, .grid tbody th { white-space: nowrap; padding: .25em .5em; }
.grid { max-height: 85vh; overflow-y: auto; }
.grid thead { position: sticky; top: 0; z-index: 2; }
.grid tbody th { position: sticky; left: 0; background: var(--paper); z-index: 1; }
.legend > span { white-space: nowrap; margin-right: .8em; }
.grid thead th { vertical-align: bottom; }
.tall { display: inline-block; writing-mode: vertical-rl; transform: rotate(180deg); white-space: nowrap; font-weight: normal; }
abbr { text-decoration: none; }
@media (max-width: 40rem) { .grid tbody th { white-space: normal; max-width: 8rem; } }
.part { color: var(--open); background: var(--open-band); }
td.open, .cell.open { border-style: dashed; border-width: 1px; }
td.none, .cell.none { color: var(--soft); background: var(--band); }
details summary { cursor: pointer; color: var(--link); }
@media print {
  @page { size: A4 landscape; margin: 10mm; }
  .grid table { font-size: 5.5pt; width: auto; }
  .grid td, .grid tbody th { padding: 1pt; }
  .grid thead { display: table-header-group; }
  .grid tr { break-inside: avoid; }
  .grid { max-height: none; overflow: visible; } .grid thead, .grid tbody th { position: static; } details:not([open]) { display: none; } }
`;

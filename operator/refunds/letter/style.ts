/** How a letter looks, on a screen and on A4. Fonts are those of the reader's machine: the page loads nothing. */
export const style = `
:root { color-scheme: light; }
* { box-sizing: border-box; }
body { margin: 0; background: #eceff1; color: #1c2429; font: 15px/1.65 system-ui, -apple-system, "Segoe UI", "Hiragino Sans", "Yu Gothic", "Noto Sans CJK JP", "Noto Sans JP", IPAexGothic, IPAGothic, sans-serif; }
main { max-width: 52rem; margin: 2rem auto; padding: 3rem; background: #fff; box-shadow: 0 1px 4px rgb(0 0 0 / .18); }
header { display: flex; justify-content: space-between; gap: 2rem; }
header p { margin: 0; overflow-wrap: anywhere; }
.from { text-align: right; white-space: nowrap; }
h1 { margin: 2.5rem 0 1.5rem; font-size: 1.5rem; text-align: center; font-weight: 600; }
.sum { margin: .25rem 0; font-size: 1.1rem; text-align: center; }
.contract th { padding-top: 1.1rem; font-weight: 600; border-bottom-color: #90a4ae; }
.contract .id { font-weight: 400; }
table { width: 100%; margin-top: 1.5rem; border-collapse: collapse; font-size: .92em; }
th, td { padding: .45rem .55rem; text-align: left; vertical-align: top; border-bottom: 1px solid #cfd8dc; }
thead th { border-bottom: 2px solid #455a64; white-space: nowrap; }
.money { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.date { white-space: nowrap; }
.id { overflow-wrap: anywhere; }
.estimated { padding: .05em .5em; border: 1px solid currentcolor; border-radius: .25em; font-size: .9em; white-space: nowrap; }
.estimate td { color: #37474f; background: #f6f8f9; }
tfoot th, tfoot td { border-bottom: 0; border-top: 2px solid #455a64; font-weight: 600; font-size: 1.08em; }
tfoot tr + tr th, tfoot tr + tr td { border-top: 0; }
tfoot th { text-align: right; }
.notes { margin: 1.5rem 0 0; padding-left: 1.2em; color: #455a64; font-size: .88em; }
@media (max-width: 40rem) { main { margin: 0; padding: 1rem; overflow-x: auto; } header { display: block; } .from { text-align: left; margin-top: .75rem; }
  table { font-size: .8em; } th, td { padding: .4rem .25rem; } thead th, thead th.money, .date { white-space: normal; overflow-wrap: normal; } }
@media (max-width: 26rem) { table { font-size: .72em; } th, td { padding: .4rem .2rem; } }
@media print {
  @page { size: A4; margin: 20mm 18mm; }
  body { background: none; font-size: 10.5pt; }
  main { max-width: none; margin: 0; padding: 0; box-shadow: none; }
  thead { display: table-header-group; }
  tfoot { display: table-row-group; }
  tr, .notes li { break-inside: avoid; }
  table { font-size: .86em; }
  th, td { padding: .2rem .5rem; line-height: 1.45; }
  td.id { font-size: .9em; }
  .notes { break-inside: avoid; }
  .contract { break-after: avoid; }
  .estimate td { background: none; }
}
`;

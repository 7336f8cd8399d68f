/** How the report looks: on a screen, light or dark as the reader's system is, and on paper. */
export const style = `:root { color-scheme: light dark; --ink: #1c2127; --soft: #59636e; --line: #d5dae0; --paper: #ffffff; --tint: #f4f6f8; --good: #1a7f45; --bad: #b3261e; --warn: #8a5a00; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ebee; --soft: #a3adb8; --line: #39424c; --paper: #14181d; --tint: #1d232a; --good: #5dd08d; --bad: #ff8a80; --warn: #f0b64d; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, "Hiragino Sans", "Noto Sans JP", sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
h1 { font-size: 1.5rem; margin: 0 0 .25rem; }
h2 { font-size: 1.15rem; margin: 2.5rem 0 .75rem; }
p { margin: .25rem 0; max-width: 46rem; }
.soft { color: var(--soft); }
.headline { display: flex; flex-wrap: wrap; gap: 1rem; margin: 1.5rem 0; padding: 0; list-style: none; }
.headline li { flex: 1 1 16rem; padding: 1rem 1.25rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--tint); }
.headline b { display: block; font-size: 2.25rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); }
.wide { overflow-x: auto; }
.long table { min-width: 52rem; }
table { width: 100%; border-collapse: collapse; font-size: .9375rem; }
caption { text-align: left; color: var(--soft); padding-bottom: .5rem; }
th, td { text-align: left; vertical-align: top; padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-weight: 600; }
time { white-space: nowrap; }
td.number, th.number { padding-right: 1.25rem; text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
code { font: .875em ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
td .next { display: block; color: var(--soft); margin-top: .25rem; }
svg { display: block; width: 100%; max-width: 40rem; height: auto; }
svg polyline { fill: none; stroke: var(--good); stroke-width: 2; }
svg circle { fill: var(--good); }
svg text { fill: var(--soft); font-size: 11px; }
svg line { stroke: var(--line); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.25rem; max-width: 52rem; font-size: .9375rem; }
dt { font-weight: 600; }
dd { margin: 0; color: var(--soft); }
@media (max-width: 32rem) {
  main { padding: 1.25rem 1rem 3rem; }
  .wide:not(.long) table { font-size: .8125rem; }
  .wide:not(.long) th, .wide:not(.long) td, .wide:not(.long) .number { padding-right: .5rem; overflow-wrap: anywhere; }
  .wide:not(.long) .number:last-child { padding-right: 0; }
}
@page { size: A4; margin: 14mm; }
@media print {
  /* What is measured in rem is not measured by the body. */
  html { font-size: 10pt; }
  :root { color-scheme: light; --ink: #000; --soft: #444; --line: #bbb; --paper: #fff; --tint: #fff; --good: #000; --bad: #000; --warn: #000; }
  main { max-width: none; padding: 0; }
  body { font-size: 1rem; }
  h2 { break-after: avoid; }
  tr, .headline li { break-inside: avoid; }
  thead { display: table-header-group; }
  .wide { overflow: visible; }
  .together, dl { break-inside: avoid; }
  caption, thead { break-after: avoid; }
  tbody tr:first-child { break-before: avoid; }
  .long table { min-width: 0; }
}
`;

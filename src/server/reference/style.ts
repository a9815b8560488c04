/** The looks of the reference: readable on paper, in the dark and on a small screen. */
export const STYLE = `
:root { color-scheme: light dark; --line: #8884; --soft: #8881; --accent: light-dark(#0b5cad, #7db8f5); }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.55 system-ui, sans-serif; display: grid; grid-template-columns: 17rem minmax(0, 1fr); }
nav { position: sticky; top: 0; height: 100vh; overflow: auto; padding: 1rem; border-right: 1px solid var(--line); font-size: .9rem; }
nav h2 { font-size: 1rem; margin: 1rem 0 .2rem; } nav ul { list-style: none; margin: 0; padding: 0 0 0 .6rem; }
main { padding: 1rem 2rem 6rem; max-width: 62rem; }
a { color: var(--accent); text-decoration: none; } a:hover, a:focus { text-decoration: underline; }
h3 { margin: 2.5rem 0 .3rem; } h3 a { color: inherit; } h4 { margin: 1rem 0 .3rem; }
code, pre { font-family: ui-monospace, monospace; font-size: .9em; }
pre { background: var(--soft); padding: .8rem; overflow-x: auto; border-radius: 6px; }
.request { background: var(--soft); padding: .3rem .8rem; border-radius: 6px; } .role { font-style: italic; }
table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem .3rem 0; border-bottom: 1px solid var(--line); }
dl { display: grid; grid-template-columns: 4rem 1fr; margin: 0; } dt { font-weight: 600; } dd { margin: 0; }
@media (max-width: 50rem) { body { display: block; } nav { position: static; height: auto; border: 0; } main { padding: 1rem; } }
@media print { nav { display: none; } body { display: block; } }
`;

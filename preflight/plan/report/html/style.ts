/** How the page looks: two themes, one column below 800 px. */
export const STYLE = `
:root{color-scheme:light dark;--bg:light-dark(#fff,#0d1117);--fg:light-dark(#1b1f24,#e6edf3);
--q:light-dark(#57606a,#a3adb8);--line:light-dark(#d0d7de,#3a424c);--panel:light-dark(#f6f8fa,#161b22);
--accent:light-dark(#0757b8,#7cbcff);--error:light-dark(#a8201a,#ff938a);--warning:light-dark(#7a4a00,#e8ba4c);
--note:light-dark(#57606a,#a3adb8);--good:light-dark(#116329,#6fd58a)}
:root[data-theme=light]{color-scheme:light}
:root[data-theme=dark]{color-scheme:dark}
*{box-sizing:border-box}
[hidden]{display:none!important}
body{margin:0 auto;max-width:1120px;padding:1rem;background:var(--bg);color:var(--fg);
font:15px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif;overflow-wrap:anywhere}
header{display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:baseline}
header p{margin:0;flex-basis:100%}
h1{font-size:1.6rem;line-height:1.2;margin:0;flex:1 1 12rem}
h2{font-size:1.25rem;margin:2.25rem 0 .5rem;border-bottom:1px solid var(--line);padding-bottom:.25rem}
h3{font-size:1rem;margin:.75rem 0 .5rem}
h4{font-size:.85rem;margin:1rem 0 .25rem;color:var(--q);text-transform:uppercase;letter-spacing:.04em}
code{font:.875em ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
p{margin:.25rem 0}
a{color:var(--accent)}
.q{color:var(--q)}
nav{margin:1rem 0}
nav ul{display:flex;flex-wrap:wrap;gap:.5rem;list-style:none;padding:0;margin:0}
nav a{display:block;padding:.3rem .75rem;border:1px solid var(--line);border-radius:999px;text-decoration:none;
background:var(--panel)}
button,input{font:inherit;color:inherit;background:var(--panel);border:1px solid var(--line);border-radius:6px;
padding:.3rem .7rem}
button{cursor:pointer}
button[aria-pressed=true]{border-color:var(--accent);color:var(--accent)}
input{width:100%;max-width:28rem;display:block;background:var(--bg);border-color:var(--q)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.skip{position:absolute;left:-999px}
.skip:focus{position:static}
summary{cursor:pointer;padding:.15rem 0}
.card{border:1px solid var(--line);border-left-width:4px;border-radius:8px;padding:.4rem .9rem;margin:.6rem 0}
.card.error{border-left-color:var(--error)}
.card.warning{border-left-color:var(--warning)}
.card>summary b{font-size:1.05rem}
.plain{list-style:none;padding:0;margin:0}
.plain>li{scroll-margin-top:1rem}
.card .plain>li{margin:.4rem 0}
li:target{background:var(--panel);outline:2px solid var(--accent);outline-offset:3px;border-radius:2px}
.remedy{margin:.4rem 0;padding-left:.75rem;border-left:3px solid var(--good)}
.chip{display:inline-block;font-size:.8rem;line-height:1.5;padding:0 .55rem;border:1px solid var(--line);
border-radius:999px;color:var(--q)}
.chip.good{color:var(--good);border-color:var(--good)}
.chip.error{color:var(--error);border-color:var(--error)}
.chip.warning{color:var(--warning);border-color:var(--warning)}
.app{display:grid;grid-template-columns:minmax(0,1fr);gap:0 2rem}
@media(min-width:800px){.app{grid-template-columns:minmax(0,max-content) minmax(20rem,1fr)}}
.scroll{overflow-x:auto;border-radius:4px}
.chain{display:block;max-width:none}
.chain text{fill:var(--fg);font:600 13px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
.chain .q,.chain .v{fill:var(--q);font:12px system-ui,-apple-system,"Segoe UI",sans-serif}
.chain text.v{font-style:italic}
.n rect{fill:var(--panel);stroke:var(--line);stroke-width:1.5}
.n.secret rect,.n.password rect{stroke:var(--accent)}
.n.files rect,.n.env rect{stroke:var(--good)}
.n.missing rect{stroke:var(--error);stroke-dasharray:5 4;fill:none}
.e{fill:none;stroke:var(--q);stroke-width:1.5}
.e.error,.m.error rect{stroke:var(--error)}
.e.warning,.m.warning rect{stroke:var(--warning)}
.e.error,.e.warning{stroke-width:2.5}
.m rect{fill:var(--bg);stroke:var(--note);stroke-width:1.5}
.m text{font:600 12px system-ui,-apple-system,"Segoe UI",sans-serif}
.m.error text{fill:var(--error)}
.m.warning text{fill:var(--warning)}
.m.note text{fill:var(--note)}
.m:focus-visible rect{stroke-width:4}
.files,.files ul,.tree,.tree ul{list-style:none;margin:0;padding-left:1.1rem}
.files,.tree{padding-left:0}
.files ul,.tree ul{border-left:1px solid var(--line);margin-left:.35rem}
.files li,.tree li{padding:.05rem 0}
table{border-collapse:collapse;width:100%}
th,td{text-align:left;vertical-align:top;padding:.2rem .75rem .2rem 0;border-bottom:1px solid var(--line)}
th{font-size:.85rem}
.facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(13rem,1fr));gap:.25rem 1.25rem;margin:.5rem 0;
padding-top:.5rem;border-top:1px solid var(--line)}
dt{font-size:.8rem;color:var(--q)}
dd{margin:0}
.search{margin:.5rem 0 .75rem}
.path{padding-left:2rem}
.path li::marker{color:var(--accent);font-weight:600}
@media print{.search,nav,#theme{display:none}}
`;

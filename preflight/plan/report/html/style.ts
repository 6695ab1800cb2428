/** How the page looks: two themes; chains go from top to bottom below 960 px. */
export const STYLE = `
:root{color-scheme:light dark;--bg:light-dark(#fff,#0d1117);--fg:light-dark(#1b1f24,#e6edf3);
--q:light-dark(#57606a,#a3adb8);--line:light-dark(#d0d7de,#3a424c);--panel:light-dark(#f6f8fa,#161b22);
--accent:light-dark(#0757b8,#7cbcff);--error:light-dark(#a8201a,#ff938a);--warning:light-dark(#7a4a00,#e8ba4c);
--note:light-dark(#57606a,#a3adb8);--good:light-dark(#116329,#6fd58a)}
:root[data-theme=light]{color-scheme:light}
:root[data-theme=dark]{color-scheme:dark}
*{box-sizing:border-box}
[hidden]{display:none!important}
body{margin:0 auto;max-width:1400px;padding:1rem;background:var(--bg);color:var(--fg);
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
.severity{margin:.75rem 0}
summary>h3{display:inline}
li:target{background:var(--panel);outline:2px solid var(--accent);outline-offset:3px;border-radius:2px}
.remedy{margin:.4rem 0;padding-left:.75rem;border-left:3px solid var(--good)}
.chip{display:inline-block;font-size:.8rem;line-height:1.5;padding:0 .55rem;border:1px solid var(--line);
border-radius:999px;color:var(--q)}
.chip.good{color:var(--good);border-color:var(--good)}
.chip.error{color:var(--error);border-color:var(--error)}
.chip.warning{color:var(--warning);border-color:var(--warning)}
.verdict{border:1px solid var(--line);border-left:6px solid var(--good);border-radius:8px;padding:.6rem 1rem;
margin:1rem 0;background:var(--panel)}
.verdict.error{border-left-color:var(--error)}
.verdict.undecided{border-left-color:var(--warning)}
.verdict .big{font-size:1.25rem;font-weight:600}
.verdict.error .big span{color:var(--error)}
.verdict.undecided .big span{color:var(--warning)}
.verdict.good .big span{color:var(--good)}
.chain,.lane{list-style:none;margin:0;padding:0;display:grid;gap:1.5rem;grid-template-columns:minmax(0,1fr)}
.chain{margin:.75rem 0}
.chain>li,.lane>li{position:relative;min-width:0}
.chain>li+li::before,.lane>li+li::before{position:absolute;top:-1.5rem;left:1rem;line-height:1.5rem;color:var(--q);
content:"↓";content:"↓"/""}
.chain>li>*+*{margin-top:1rem}
.n{border:1.5px solid var(--line);border-radius:8px;padding:.4rem .6rem;background:var(--panel);font-size:.8rem;
line-height:1.4;overflow:hidden}
.n>.q,.n>b{display:block}
.n>b{font:600 .8rem/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
.n>p{margin:.15rem 0 0}
.n i{font-style:normal;color:var(--q)}
.n>.chip{margin-top:.3rem}
.n.stored{border-color:var(--accent)}
.n.arrived{border-color:var(--good)}
.n.missing{border:1.5px dashed var(--error);background:none}
a.chip{background:var(--bg);font-weight:600;text-decoration:none}
a.chip.note{border-color:var(--note)}
.pod{display:grid;gap:0 2rem;grid-template-columns:repeat(auto-fit,minmax(min(17rem,100%),1fr))}
pre{margin:.25rem 0 .5rem;padding:.5rem .7rem;background:var(--panel);border:1px solid var(--line);border-radius:6px;
white-space:pre-wrap;font:.8rem/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
@media(min-width:960px){
.card>.rule{float:right;margin-left:1rem}
.chain{grid-template-columns:minmax(0,3fr) repeat(3,minmax(0,1fr));align-items:center}
.chain.short{grid-template-columns:repeat(4,minmax(0,1fr))}
.chain:not(.short) .lane{grid-template-columns:repeat(3,minmax(0,1fr));align-items:center}
.chain,.lane{column-gap:1.5rem}
.chain>li+li::before,.lane>li+li::before{top:50%;left:-1.5rem;width:1.5rem;text-align:center;
transform:translateY(-50%);content:"→";content:"→"/""}
.chain:not(.short) .at-database{grid-column:2}
.chain:not(.short) .at-secret{grid-column:3}
.lanes:has(.lane+.lane){border-right:2px solid var(--line);padding-right:.75rem}
.lane+.lane{padding-top:1rem;border-top:1px dashed var(--line)}
}
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

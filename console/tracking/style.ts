import { createHash } from 'node:crypto';

/**
 * The whole style of the pages. Sides are logical, so that it reads from the right as well; colors
 * have at least 4.5:1 contrast in both schemes, controls are at least 44 pixels high.
 */
export const css = `
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#57606a;--paper:#fff;--back:#f4f6f8;--line:#d0d7de;--accent:#0b57d0;--on:#fff;--good:#116329;--warn:#8a3f00;--warnback:#fff4e5;--goodback:#e8f6ec}
@media(prefers-color-scheme:dark){:root{--ink:#e6e9ee;--soft:#a6b0bc;--paper:#1a1e24;--back:#101317;--line:#39414b;--accent:#8ab4f8;--on:#10233f;--good:#7ddc97;--warn:#ffb870;--warnback:#33240f;--goodback:#12301c}}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans Arabic","Noto Sans Devanagari","Noto Sans SC","Noto Sans JP","Noto Sans KR","PingFang SC","Hiragino Sans","Malgun Gothic","Microsoft YaHei",sans-serif;overflow-wrap:anywhere}
header,main,footer{max-width:44rem;margin-inline:auto;padding-inline:1rem}
header{display:flex;flex-wrap:wrap;gap:.75rem 1.5rem;align-items:center;justify-content:space-between;padding-block:1.25rem .5rem}
h1{font-size:1.5rem;line-height:1.25;margin:0}
h2{font-size:1.1rem;line-height:1.3;margin:0 0 .6rem}
h3{font-size:1rem;margin:1rem 0 .4rem}
p{margin:.4rem 0}
a{color:var(--accent)}
a:focus-visible,button:focus-visible,select:focus-visible,input:focus-visible,main:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
section,.card{background:var(--paper);border:1px solid var(--line);border-radius:.75rem;padding:1rem 1.1rem;margin-block:0 1rem}
.state{font-size:1.25rem;line-height:1.35;font-weight:650;margin:0}
.left{font-weight:600;color:var(--good)}
.soft,time{color:var(--soft)}
p time{color:inherit;font-weight:600}
.note{border-inline-start:.3rem solid var(--good);background:var(--goodback);padding:.6rem .9rem;border-radius:.4rem}
.warn{border-inline-start-color:var(--warn);background:var(--warnback)}
dl{display:grid;grid-template-columns:minmax(7rem,auto) 1fr;gap:.3rem 1rem;margin:0}
dt{color:var(--soft)}dd{margin:0}
ol,ul{margin:0;padding:0;list-style:none}
.state+dl,ul+dl{margin-block-start:.6rem}.line+.state{margin-block-start:1rem;border-block-start:1px solid var(--line);padding-block-start:1rem}
.steps{display:grid;grid-template-columns:repeat(4,1fr);gap:.4rem;margin-block:.9rem 0}
.steps li{border-block-start:.3rem solid var(--line);padding-block-start:.35rem;font-size:.85rem;line-height:1.35;color:var(--soft)}
.steps .done{border-color:var(--good);color:var(--ink)}
.line li{border-inline-start:2px solid var(--line);padding:0 0 .7rem .9rem;padding-inline:.9rem 0;position:relative}
.line li::before{content:"";position:absolute;inset-inline-start:-.36rem;inset-block-start:.5rem;width:.6rem;height:.6rem;border-radius:50%;background:var(--line)}
.line li:first-child::before{background:var(--good)}
.line time,.line .where{display:block;font-size:.9rem}
.goods li{display:flex;justify-content:space-between;gap:1rem;padding-block:.25rem}
.goods span:last-child{white-space:nowrap}
.button,button{display:inline-flex;align-items:center;justify-content:center;min-height:2.75rem;padding:.5rem 1.1rem;border:1px solid var(--accent);border-radius:.5rem;background:var(--accent);color:var(--on);font:inherit;font-weight:600;text-decoration:none;cursor:pointer}
.second{background:transparent;color:var(--accent)}
.acts{display:grid;grid-template-columns:repeat(auto-fit,minmax(14rem,1fr));gap:1rem}
.acts .button{width:100%}
form .row{display:flex;flex-wrap:wrap;gap:.75rem;align-items:center;margin-block-start:1rem}
fieldset{border:1px solid var(--line);border-radius:.5rem;margin:1rem 0 0;padding:.4rem .9rem .6rem}
legend{padding-inline:.3rem;font-weight:600}
fieldset label{display:flex;gap:.6rem;align-items:center;min-height:2.75rem}
input{width:1.25rem;height:1.25rem;flex:none;accent-color:var(--accent)}
select{min-height:2.75rem;max-width:100%;padding:.3rem .6rem;border:1px solid var(--soft);border-radius:.5rem;background:var(--paper);color:var(--ink);font:inherit}
.language{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center}
.language button{padding-inline:.8rem}.language select{width:8.5rem}
.skip{position:absolute;inset-inline-start:-100vw}
.skip:focus{inset-inline-start:1rem;inset-block-start:.5rem;background:var(--paper);padding:.6rem 1rem;border-radius:.5rem;z-index:1}
footer{padding-block:0 2rem;font-size:.9rem;color:var(--soft)}
@media(max-width:30rem){.steps{grid-template-columns:repeat(2,1fr)}dl{grid-template-columns:1fr;gap:0}dd{margin-block-end:.5rem}}
@media print{header form,.acts,footer{display:none}}
`;

const styleHash = createHash('sha256').update(css).digest('base64');

/**
 * What a browser may do with a page: show it, with this style, and post its forms back to where it
 * came from. There is no script, and nothing is fetched.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${styleHash}'`,
  'img-src data:',
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

import { createHash } from 'node:crypto'

/** The whole style of the public pages: it stands in each page, allowed by its hash, so that a page is one request. */
const style = `
:root{--text:#1b2733;--soft:#435261;--link:#17528a;--ink:#17466e;--ground:#f3f5f7;--paper:#fff;--line:#dde3e8;--edge:#8794a1;--late:#b3261e;--good:#1d6b3a;--near:#8a5300}
@media(prefers-color-scheme:dark){:root{--text:#e6ebf0;--soft:#b9c4ce;--link:#8cc0ee;--ink:#0f2c45;--ground:#0d1217;--paper:#161d24;--line:#2b3640;--edge:#7a8793;--late:#f28b82;--good:#6fc38c;--near:#e0a852}}
*{box-sizing:border-box}
html{background:#f3f5f7;background:var(--ground)}
body{margin:0;color:#1b2733;color:var(--text);font:16px/1.7 system-ui,-apple-system,"Segoe UI","PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
a{color:#17528a;color:var(--link)}
.skip{position:absolute;left:-9999px}.skip:focus{left:8px;top:8px;background:#fff;color:#000;padding:8px}
header{background:#17466e;background:var(--ink);color:#fff}
header a{color:#fff}
.in{max-width:52rem;margin:0 auto;padding:0 16px}
header .in{padding-top:12px;padding-bottom:12px}
header .name{font-weight:650;font-size:18px;text-decoration:none}
nav a{display:inline-block;margin:4px 16px 0 0;padding:2px 0}
nav a[aria-current]{font-weight:650;text-decoration:none;border-bottom:2px solid #fff}
.tongue{float:right}
.pilot{background:#fff4d6;color:#5a3b00;padding:6px 0;font-size:14px}
main{padding:24px 0 48px}
h1{font-size:26px;line-height:1.35;margin:0 0 12px}
h2{font-size:19px;margin:28px 0 8px}
h3{font-size:16px;margin:16px 0 4px}
p,ul,ol,dl{margin:0 0 12px}
.hint{color:#435261;color:var(--soft)}
.paper{background:#fff;background:var(--paper);border:1px solid #dde3e8;border-color:var(--line);border-radius:4px;padding:16px 20px;margin:0 0 16px}
.paper h2:first-child{margin-top:0}
.answer{border-left:6px solid #17466e;border-left-color:var(--link)}
.answer strong{display:block;font-size:22px;line-height:1.4}
.answer strong::first-letter{text-transform:uppercase}
td:last-child a{white-space:nowrap}
.wrong{border-left:6px solid #b3261e;border-left-color:var(--late)}
.wrong a,.said{color:#b3261e;color:var(--late)}
fieldset{border:0;padding:0;margin:0 0 16px}
legend{padding:0;font-weight:650}
h1 legend,legend h1{margin-bottom:4px}
label{display:block;font-weight:650;margin:0 0 4px}
.pick{display:flex;align-items:flex-start;font-weight:400;padding:6px 0;margin:0}
.pick input{width:20px;height:20px;margin:4px 10px 0 0;flex:none}
.row .pick{display:inline-flex;margin-right:20px}
input[type=text],input[type=tel],input[type=search],textarea,select{font:inherit;width:100%;max-width:34rem;padding:7px 10px;border:1px solid #8794a1;border-color:var(--edge);border-radius:4px;background:#fff;background:var(--paper);color:inherit}
textarea{min-height:9rem;max-width:100%}
.field{margin:0 0 16px}
button,.button{display:inline-block;font:inherit;font-weight:650;padding:8px 22px;border:0;border-radius:4px;background:#17466e;color:#fff;text-decoration:none;cursor:pointer;margin:0 12px 8px 0}
.button.second{background:none;color:#17528a;color:var(--link);border:1px solid #8794a1;border-color:var(--edge)}
:focus-visible{outline:3px solid #e0a852;outline-offset:2px}
table{border-collapse:collapse;width:100%;margin:0 0 16px}
th,td{overflow-wrap:anywhere;text-align:left;vertical-align:top;padding:7px 12px 7px 0;border-bottom:1px solid #dde3e8;border-color:var(--line)}
.scroll{overflow-x:auto}
.cite{color:#435261;color:var(--soft);font-size:14px}
.mono{font-family:ui-monospace,Consolas,monospace;font-size:14px;word-break:break-all}
.good{color:#1d6b3a;color:var(--good);font-weight:650}.bad{color:#b3261e;color:var(--late);font-weight:650}.open{color:#8a5300;color:var(--near);font-weight:650}
footer{border-top:1px solid #dde3e8;border-color:var(--line);color:#435261;color:var(--soft);font-size:14px;padding:16px 0 32px}
@media print{header,nav,.button,button,.noprint{display:none!important}body{font-size:11pt}.paper{border:0;padding:0}@page{size:A4;margin:20mm}}
`

/** Written as one text: white space inside of the element would be another hash. */
export const styleElement = `<style>${style}</style>`

/** As a content security policy names it. */
export const styleSource = `'sha256-${createHash('sha256').update(style).digest('base64')}'`

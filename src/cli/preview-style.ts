/** Colours and measures of the two platforms' clients, from what they show. */
export const previewStyle = `
:root{--page:#fff;--mute:#5c5e66}
.dark{--page:#1a1a1e;--mute:#9b9ca3}
*{box-sizing:border-box}
body{margin:0;background:var(--page);font:16px/1.375 "gg sans","Noto Sans","Helvetica Neue",Helvetica,Arial,sans-serif}
section{padding:8px 12px 24px;max-width:760px}
h2{margin:22px 0 8px;font-size:12px;font-weight:600;letter-spacing:.02em;color:var(--mute);border-bottom:1px solid color-mix(in srgb,var(--mute) 30%,transparent);padding-bottom:3px}
h2 code{font-weight:400}
.avatar{flex:none;width:40px;height:40px;border-radius:50%;background:#24508c;color:#fff;display:grid;place-items:center;font-weight:700}
time{color:var(--mute);font-size:12px;font-weight:400;margin-left:8px}
img{max-width:100%;border-radius:4px;margin-top:12px;display:block}
a{text-decoration:none}
.discord{--text:#313338;--link:#006ce7;--embed:#fff;--line:#e1e2e4;--button:#e0e1e5;--button-text:#313338}
.dark .discord{--text:#dbdee1;--link:#4fa6f7;--embed:#242429;--line:#2e2f34;--button:#3a3b42;--button-text:#fbfbfb}
.discord{color:var(--text)}
.discord a{color:var(--link)}
.d-message{display:flex;gap:16px}
.d-body{min-width:0;flex:1}
.d-name{font-weight:500}
.d-app{background:#5865f2;color:#fff;border-radius:4px;font-size:10px;padding:1px 4px;vertical-align:2px}
.d-embed{background:var(--embed);border:1px solid var(--line);border-left:4px solid;border-radius:4px;padding:8px 16px 16px 12px;max-width:516px;margin-top:4px;font-size:14px;line-height:18px;overflow-wrap:anywhere}
.d-embed h3{margin:8px 0 0;font-size:16px;line-height:22px;font-weight:600}
.d-text{margin-top:8px}
.d-text>div,.d-field div>div{min-height:18px}
.d-item{padding-left:16px;position:relative}
.d-item:before{content:"•";position:absolute;left:5px}
.d-small{color:var(--mute);font-size:13px}
.d-fields{display:grid;grid-template-columns:repeat(6,1fr);gap:8px;margin-top:8px}
.d-field{grid-column:span 6}
.d-field.inline{grid-column:span 3}
.d-embed footer{margin-top:8px;font-size:12px;line-height:16px;color:var(--mute)}
.d-row{display:flex;flex-wrap:wrap;gap:8px;margin-top:8px}
.d-button,.d-select{background:var(--button);color:var(--button-text);border-radius:8px;padding:6px 15px;font-size:14px;font-weight:500;line-height:20px}
.d-button.primary{background:#5865f2;color:#fff}
.d-select{flex:1;max-width:400px;border:1px solid var(--line);background:var(--embed)}
.slack{--text:#1d1c1d;--link:#1264a3;--line:#dddddd;font-family:Lato,"Noto Sans",Arial,sans-serif;font-size:15px;line-height:1.467;color:var(--text)}
.dark .slack{--text:#d1d2d3;--link:#1d9bd1;--line:#35373b}
.slack a{color:var(--link)}
.slack .avatar{border-radius:8px;width:36px;height:36px}
.s-message{display:flex;gap:8px}
.s-body{min-width:0;flex:1;overflow-wrap:anywhere}
.s-name{font-weight:900}
.s-app{background:var(--line);color:var(--mute);border-radius:2px;font-size:10px;padding:1px 3px;vertical-align:1px}
.slack h3{font-size:18px;line-height:1.33;font-weight:900;margin:6px 0}
.s-section{margin:6px 0;max-width:600px}
.s-fields{display:grid;grid-template-columns:1fr 1fr;gap:6px 16px}
@media(max-width:520px){.s-fields{grid-template-columns:1fr}}
.s-context{font-size:13px;color:var(--mute);margin:6px 0;max-width:600px}
.s-row{display:flex;flex-wrap:wrap;gap:8px;margin:8px 0}
.s-button{border:1px solid var(--line);border-radius:8px;padding:0 12px;height:28px;line-height:26px;font-size:13px;font-weight:700}
.s-button.primary{background:#007a5a;color:#fff}
hr{border:0;border-top:1px solid var(--line)}
pre{white-space:pre-wrap;overflow-wrap:anywhere;margin:4px 0;padding:8px;font:12px/1.5 Menlo,"DejaVu Sans Mono",monospace;border:1px solid var(--line);border-radius:4px;background:color-mix(in srgb,var(--mute) 8%,transparent)}
.window{max-width:480px;border:1px solid var(--line);border-radius:8px;padding:8px 20px 14px;color:var(--text)}
.window h3{margin:8px 0 12px;font-size:20px}
.window label{display:block;margin:0 0 14px}
.window small{display:block;color:var(--mute);font-size:13px;line-height:1.35}
.window i{color:var(--mute);font-weight:400;font-style:normal}
.window .input{display:block;border:1px solid var(--line);border-radius:6px;min-height:36px;padding:7px 10px;margin:4px 0;font-size:14px;color:var(--mute)}
.window .input.tall{min-height:90px}
.window .d-row,.window .s-row{justify-content:flex-end}
`;

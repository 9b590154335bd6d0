import { createHash } from 'node:crypto';
import { addressIn, type KeptMail } from './mail-files';

/** The list, newest first. It loads itself again every few seconds, without a script. */
export const listPage = (mails: readonly KeptMail[], recipients: readonly string[], chosen: string): string =>
  page(
    'メール',
    `<header class="bar">
<h1>メールボックス</h1>
<p class="note">この環境から送られたメールです。外部には送信されていません。</p>
<div class="tools">
<form method="get" action="/">
<label for="to">宛先</label>
<select id="to" name="to">
<option value="">すべての宛先</option>
${recipients.map((to) => `<option value="${escaped(to)}"${to === chosen ? ' selected' : ''}>${escaped(to)}</option>`).join('\n')}
</select>
<button>絞り込む</button>
</form>
<form method="post" action="/delete-all"><button class="quiet">すべて削除</button></form>
</div>
</header>
<main>
<p class="note">${mails.length} 通</p>
${
  mails.length === 0
    ? '<p class="empty">メールはまだありません。届くと、ここに表示されます。</p>'
    : `<ol class="mails">\n${mails.map(listEntry).join('\n')}\n</ol>`
}
</main>`,
    '<meta http-equiv="refresh" content="5">',
  );

const listEntry = ({ id, subject, to, receivedAt, text, error }: KeptMail): string =>
  `<li><a href="/mails/${id}">
<span class="subject">${error ? '（読み取れないメール）' : escaped(subject || '（件名なし）')}</span>
<span class="to">${escaped(to.join('、'))}</span>
<time datetime="${receivedAt}">${japanTime(receivedAt)}</time>
<span class="start">${escaped(text.replaceAll(/\s+/g, ' ').slice(0, 90))}</span>
</a></li>`;

export const mailPage = (mail: KeptMail): string =>
  page(
    mail.subject || 'メール',
    `<header class="bar">
<p><a href="/">← 一覧に戻る</a></p>
<h1>${escaped(mail.subject || (mail.error ? '（読み取れないメール）' : '（件名なし）'))}</h1>
<dl>
<dt>差出人</dt><dd>${escaped(mail.from)}</dd>
<dt>宛先</dt><dd>${escaped(mail.to.join('、'))}</dd>
<dt>受信</dt><dd>${japanTime(mail.receivedAt)}</dd>
</dl>
</header>
<main>
${mail.error ? `<p class="empty">このファイルはメールとして読み取れませんでした。<br>${escaped(mail.error)}</p>` : ''}
${mail.html ? `<h2>HTML</h2>\n<iframe title="HTML 本文" sandbox="allow-popups allow-popups-to-escape-sandbox" src="/mails/${mail.id}/html"></iframe>` : ''}
${mail.links.length > 0 ? `<h2>リンク</h2>\n<ul class="links">${mail.links.map(link).join('')}</ul>` : ''}
<h2>テキスト</h2>
<pre>${escaped(mail.text)}</pre>
<details><summary>ヘッダー</summary>
<dl class="headers">
${mail.headers.map(({ name, value }) => `<dt>${escaped(name)}</dt><dd>${escaped(value)}</dd>`).join('\n')}
</dl></details>
</main>`,
  );

const link = (url: string): string =>
  /^https?:/.test(url)
    ? `<li><a href="${escaped(url)}" rel="noreferrer">${escaped(url)}</a></li>`
    : `<li>${escaped(url)}</li>`;

/** The mail's own HTML, for the frame. Links open outside of it. */
export const framed = ({ html }: KeptMail): string => `<base target="_blank">${html}`;

export const notFoundPage = (): string =>
  page('見つかりません', '<main><p class="empty">このメールはありません。<a href="/">一覧に戻る</a></p></main>');

export const recipientsOf = (mails: readonly KeptMail[]): readonly string[] =>
  [...new Set(mails.flatMap(({ to }) => to.map(addressIn)))].toSorted();

const japanTime = (instant: string): string =>
  new Intl.DateTimeFormat('ja-JP', { dateStyle: 'medium', timeStyle: 'medium', timeZone: 'Asia/Tokyo' }).format(
    new Date(instant),
  );

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const style = `
:root{color-scheme:light dark;--ink:#1d2733;--quiet:#566270;--line:#d9dee4;--paper:#fff;--ground:#f4f5f7;--accent:#1f5fa8}
@media(prefers-color-scheme:dark){:root{--ink:#e6e9ed;--quiet:#a3adb8;--line:#37414c;--paper:#1b2129;--ground:#12161b;--accent:#8ab8ee}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:16px/1.8 "Noto Sans JP","Hiragino Sans","Yu Gothic",Meiryo,sans-serif;line-break:strict;overflow-wrap:anywhere}
a{color:var(--accent)}
.bar,main{max-width:56rem;margin:0 auto;padding:1.25rem 1.25rem 0}
main{padding-bottom:3rem}
h1{font-size:1.35rem;line-height:1.5;margin:.25rem 0;word-break:auto-phrase}
h2{font-size:.9rem;margin:1.75rem 0 .5rem;color:var(--quiet)}
p{margin:.25rem 0}
.note{color:var(--quiet);font-size:.875rem}
.tools{display:flex;flex-wrap:wrap;gap:.75rem;justify-content:space-between;margin-top:1rem}
form{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center}
select,button{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--quiet);border-radius:6px;padding:.35rem .75rem;max-width:100%}
button{cursor:pointer}
.quiet{border-color:var(--line)}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.mails{list-style:none;margin:.5rem 0 0;padding:0;background:var(--paper);border:1px solid var(--line);border-radius:8px;overflow:hidden}
.mails li+li{border-top:1px solid var(--line)}
.mails a{display:grid;grid-template-columns:1fr auto;gap:0 1rem;padding:.8rem 1rem;color:inherit;text-decoration:none}
.mails a:hover{background:var(--ground)}
.subject{font-weight:600}
.to,.start,time{color:var(--quiet);font-size:.875rem}
.to{grid-column:1}
time{grid-column:2;grid-row:1;white-space:nowrap}
.start{grid-column:1/-1;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.empty{padding:2.5rem 1rem;text-align:center;background:var(--paper);border:1px dashed var(--line);border-radius:8px}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.1rem 1rem;margin:.75rem 0 0;font-size:.9375rem}
dt{color:var(--quiet)}dd{margin:0}
iframe{width:100%;height:34rem;border:1px solid var(--line);border-radius:8px;background:Canvas}
pre{white-space:pre-wrap;margin:0;padding:1rem;background:var(--paper);border:1px solid var(--line);border-radius:8px;font:inherit;font-size:.9375rem}
.links{margin:0;padding-left:1.2rem}
details{margin-top:1.75rem}summary{cursor:pointer;color:var(--quiet)}
.headers{font-size:.8125rem;line-height:1.6}
@media(max-width:32rem){.mails a{grid-template-columns:1fr}.mails time{grid-column:1;grid-row:auto}.headers{grid-template-columns:1fr}}
`;

const page = (title: string, body: string, head = ''): string =>
  `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${head}
<title>${escaped(title)} - メールボックス</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`;

/** Nothing but our own style sheet, known by its hash, and the frame with the mail. */
export const pagePolicy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`;

/** A mail brings inline styles; it must not run, load or send anything. */
export const framePolicy = `default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox`;

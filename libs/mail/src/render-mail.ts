/** What a mail says; plain sentences, without markup. */
export type MailText = {
  /** One line; also the title of the HTML. */
  readonly subject: string;
  /** e.g. `山田 花子 様` */
  readonly greeting: string;
  readonly paragraphs: readonly string[];
  /** What changed, which sentences cite it … */
  readonly list?: readonly string[];
  /** The one link that the mail is for. It leads to a page; nothing happens by following it. */
  readonly action?: Link;
  /** Who sends this, and why to this person. */
  readonly footer: string;
  /** The way out of a mailing, small, below all else. It leads to a page as well. */
  readonly leave?: Link;
};
type Link = { readonly label: string; readonly url: string };

/** One text in two forms. Everything is escaped; the HTML brings its own styles, as mail programs drop all others. */
export const renderMail = ({ subject, greeting, paragraphs, list = [], action, footer, leave }: MailText) => ({
  subject,
  text:
    [
      greeting,
      ...paragraphs,
      ...(list.length > 0 ? [list.map((entry) => `・${entry}`).join('\n')] : []),
      ...(action ? [`${action.label}\n${webAddress(action.url)}`] : []),
      `--\n${footer}${leave ? `\n${leave.label}：${webAddress(leave.url)}` : ''}`,
    ].join('\n\n') + '\n',
  html: `<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escaped(subject)}</title>
</head>
<body style="margin:0;padding:0;line-break:strict">
<div style="max-width:36em;margin:0 auto;padding:28px 20px;font-family:'Hiragino Sans','Noto Sans JP','Yu Gothic',Meiryo,sans-serif;font-size:16px;line-height:1.8">
<p style="${paragraph}">${escaped(greeting)}</p>
${paragraphs.map((sentence) => `<p style="${paragraph}">${escaped(sentence)}</p>`).join('\n')}
${list.length > 0 ? `<ul style="margin:0 0 20px;padding-left:1.4em">\n${list.map((entry) => `<li style="margin:0 0 6px">${escaped(entry)}</li>`).join('\n')}\n</ul>` : ''}
${action ? button(action) : ''}
<p style="margin:36px 0 0;padding-top:16px;border-top:1px solid #8a8f98;font-size:13px;line-height:1.7">${escaped(footer)}${leave ? `<br>${link(leave, 'color:inherit')}` : ''}</p>
</div>
</body>
</html>
`,
});

const paragraph = 'margin:0 0 20px';

/** White on a middle blue: 4.5:1 and more on a light as on a dark page. */
const button = (to: Link): string =>
  `<p style="margin:28px 0">${link(to, 'display:inline-block;padding:12px 24px;border-radius:6px;background:#1f5fa8;color:#ffffff;font-weight:600;text-decoration:none')}</p>`;

const link = ({ label, url }: Link, style: string): string =>
  `<a href="${escaped(webAddress(url))}" style="${style}">${escaped(label)}</a>`;

/** @throws for anything but http and https: a mail must not carry a script. */
const webAddress = (url: string): string => {
  const { protocol, href } = new URL(url);
  if (protocol !== 'http:' && protocol !== 'https:') throw new Error(`A mail cannot link to ${protocol}`);
  return href;
};

const escaped = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '<br>');

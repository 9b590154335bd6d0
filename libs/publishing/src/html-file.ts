import { markup, trusted, type Html } from './portal/html';

/** A page that is one file and needs nothing else: its styles and figures are inside, it runs nothing and asks nobody for anything. */
export const htmlFile = (title: string, styles: string, body: Html): string =>
  `${
    markup`<!doctype html>
<html lang="ja">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="content-security-policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<title>${title}</title>
<style>${trusted(styles)}</style>
</head>
<body>
${body}
</body>
</html>`.markup
  }\n`;

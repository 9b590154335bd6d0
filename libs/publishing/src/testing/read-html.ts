import { squeezed } from '../pdf/read-pdf';

/** What an exported page says, as read aloud, without white space. */
export const readHtml = (html: string): string =>
  squeezed(
    html
      .replace(/<head>[^]*?<\/head>/, '')
      .replace(/<[^>]*>/g, '')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
      .replaceAll('&amp;', '&'),
  );

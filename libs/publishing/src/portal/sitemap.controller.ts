import { PublishedServices } from '@app/disclosures';
import { Public, type RequestWithSession } from '@app/http';
import { Controller, Get, Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Response } from 'express';
import { markup } from './html';
import { address } from './portal-pages';
import { sendText } from './send-page';

/**
 * A rule of robots.txt is a prefix (RFC 9309), and pages of the app begin like the public ones (`/d`, `/deadlines`): so each way in
 * which a public address goes on is named.
 */
export const robotsText = (publicUrl: string): string => {
  const within = ['/d', '/verify'].flatMap((path) => [`${path}$`, `${path}/`, `${path}?`]);
  const allowed = [...within, '/sitemap.xml$'].map((path) => `Allow: ${path}`);
  return ['User-agent: *', ...allowed, 'Disallow: /', `Sitemap: ${publicUrl}/sitemap.xml`, ''].join('\n');
};

/** What search engines ask for: the public pages, and nothing else. */
@ApiExcludeController()
@Controller()
export class SitemapController {
  constructor(private readonly queries: QueryBus) {}

  @Get('sitemap.xml')
  @Public()
  async sitemap(@Req() { publicUrl = '' }: RequestWithSession, @Res() response: Response): Promise<void> {
    const services = await this.queries.execute(new PublishedServices());
    const paths = [
      address.index,
      ...services.flatMap(({ service, editions }) => [
        address.service(service),
        ...editions.map(({ number }) => address.edition(service, number)),
      ]),
    ];
    const { markup: text } = markup`<?xml version="1.0" encoding="utf-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${paths.map(
  (path) => markup`  <url><loc>${publicUrl}${path}</loc></url>
`,
)}</urlset>
`;
    sendText(response, 'application/xml', text);
  }

  @Get('robots.txt')
  @Public()
  robots(@Req() { publicUrl = '' }: RequestWithSession, @Res() response: Response): void {
    sendText(response, 'text/plain', robotsText(publicUrl));
  }
}

import { problem, Public } from '@app/http';
import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { extname, join, resolve } from 'node:path';

/** Where `npm run build:web` puts the web application: dist/apps/web, beside this process's own dist/apps/api. */
const WEB_ROOT = resolve(__dirname, '..', '..', 'web');

/** Serves the web application: its files, and its one page for every address that is a screen. */
@ApiExcludeController()
@Controller()
export class WebController {
  @Get('assets/*path')
  @Public()
  asset(@Req() request: Request, @Res() response: Response): void {
    const file = decodeURIComponent(request.path);
    response.vary('accept-encoding').type(extname(file));
    // The names of these files change with their content.
    const forEver = { root: WEB_ROOT, maxAge: '365d', immutable: true };
    const plain = () => {
      response.removeHeader('content-encoding');
      response.sendFile(file, forEver, (error) => {
        if (error && !response.headersSent) response.status(404).end();
      });
    };
    if (!request.acceptsEncodings('gzip')) return plain();
    response.setHeader('content-encoding', 'gzip');
    response.sendFile(`${file}.gz`, forEver, (error) => {
      if (error && !response.headersSent) plain(); // too small a file, or a picture: it has no compressed twin
    });
  }

  @Get('{*path}')
  @Public()
  page(@Req() request: Request, @Res() response: Response): void {
    if (request.path.startsWith('/api/')) throw problem('NotFound');
    response.sendFile(join(WEB_ROOT, 'index.html'), { headers: { 'cache-control': 'no-cache' } }, (error) => {
      if (error && !response.headersSent)
        response.status(503).type('text').send('The web application is not built: npm run build:web');
    });
  }
}

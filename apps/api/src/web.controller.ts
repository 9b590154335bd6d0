import { problem, Public } from '@app/http';
import { Controller, Get, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { join, resolve } from 'node:path';

/** Where `npm run build:web` puts the web application: dist/apps/web, beside this process's own dist/apps/api. */
const WEB_ROOT = resolve(__dirname, '..', '..', 'web');

/** Serves the web application: its files, and its one page for every address that is a screen. */
@ApiExcludeController()
@Controller()
export class WebController {
  @Get('assets/*path')
  @Public()
  asset(@Req() request: Request, @Res() response: Response): void {
    // The names of these files change with their content.
    response.sendFile(
      decodeURIComponent(request.path),
      { root: WEB_ROOT, maxAge: '365d', immutable: true },
      (error) => {
        if (error && !response.headersSent) response.status(404).end();
      },
    );
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

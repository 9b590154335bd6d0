import { Query } from '@nestjs/cqrs';
import type { z } from 'zod';
import type { editionView } from './contract';

export type EditionView = z.infer<typeof editionView>;

/** A published (or imported) edition, by disclosure id or by the service's public name; null when there is none such. */
export class PublishedEdition extends Query<EditionView | null> {
  constructor(
    readonly of: { readonly disclosureId: string } | { readonly service: string },
    /** `inForce`: what the public address shows; before any is in force, the oldest */
    readonly number: number | 'inForce',
  ) {
    super();
  }
}

/** What the public index and the list of editions of one service show: newest first. */
export type EditionsOfService = {
  readonly service: string;
  readonly serviceName: string;
  readonly title: string;
  /** The name of who issues the newest edition. */
  readonly issuer: string;
  /** 提供終了, from that day on; announced at that instant. */
  readonly retired: {
    readonly on: string;
    readonly reason: string;
    readonly at: string;
    readonly ended: boolean;
  } | null;
  readonly editions: readonly {
    readonly number: number;
    readonly issuedOn: string;
    readonly effectiveOn: string;
    readonly historyText: string;
    readonly inForce: boolean;
    readonly errata: EditionView['errata'];
  }[];
};

/** All services with a published edition, or the one asked for. */
export class PublishedServices extends Query<readonly EditionsOfService[]> {
  constructor(readonly service?: string) {
    super();
  }
}

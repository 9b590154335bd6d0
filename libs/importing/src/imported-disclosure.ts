import type { Body } from '@app/content';

/** What an importer reads out of a file, before anything is stored. */
export type ImportedDisclosure = {
  readonly title: string;
  /** The name of the service as printed on the cover. */
  readonly serviceName: string;
  readonly issuer: Issuer;
  /** The edition that the file is. */
  readonly edition: { readonly number: number; readonly issuedOn: string };
  /** 改訂履歴 as the file has it, oldest first. */
  readonly editions: readonly { readonly number: number; readonly issuedOn: string; readonly historyText: string }[];
  readonly parts: readonly ImportedPart[];
  readonly anomalies: readonly Anomaly[];
  /** The images that the bodies cite; to be stored before the bodies are. */
  readonly figures: readonly ImportedFigure[];
  readonly source: {
    readonly fileName: string;
    readonly sha256: string;
    readonly byteSize: number;
    readonly mediaType: string;
    readonly encoding: SourceEncoding;
  };
};

/** What an importer reads out of a file that is compared with a disclosure there is already. */
export type ImportedItems = Pick<ImportedDisclosure, 'parts' | 'anomalies' | 'figures' | 'source'> & {
  /** null where the file does not say which edition it is. */
  readonly edition: ImportedDisclosure['edition'] | null;
  /** Its texts are pages of a PDF and no items: of which item each is, somebody has to say. */
  readonly asPages?: boolean;
};

export type Issuer = {
  readonly name: string;
  readonly postalCode?: string | undefined;
  readonly address?: string | undefined;
  readonly tel?: string | undefined;
  readonly fax?: string | undefined;
};

export type ImportedFigure = { readonly sha256: string; readonly mediaType: string; readonly bytes: Uint8Array };

export type ImportedPart = {
  /** 'I' or 'II', in ASCII letters. */
  readonly number: string;
  readonly title: string;
  readonly items: readonly ImportedItem[];
};

export type ImportedItem = {
  /** Stable for the life of the disclosure, also when items are renumbered; made from the first number, e.g. `II-4`. */
  readonly itemKey: string;
  readonly number: number;
  readonly title: string;
  readonly body: Body;
  /** The text of the body, as a reader sees it. */
  readonly text: string;
};

/** Something the importer was unsure of, mended, or found missing. */
export type Anomaly = {
  /** SCREAMING_SNAKE, stable, e.g. `COLSPAN_INFERRED`. */
  readonly code: string;
  /** Line in the source file, from 1; 0 when it concerns the whole file, and in a Word file, which has no lines. */
  readonly line: number;
  /** In Japanese: what was found and what was done or is to be done. */
  readonly message: string;
  /** The item of the file that it is about, where that is known. */
  readonly itemKey?: string;
};

export type SourceEncoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'shift_jis' | 'euc-jp' | 'iso-2022-jp';

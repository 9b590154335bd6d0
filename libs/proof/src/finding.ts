/**
 * What does not hold:
 * - `ProofMalformed`: the proof is no proof; `EditionMalformed`: the edition's data is none
 * - `EditionDiffers`: the edition in the PDF is not the one that the proof is of; `EditionHashDiffers`
 * - `ItemChanged`: a text does not fit its hash; `ContentHashDiffers`: the whole does not fit what was signed
 * - `NotAsRegistered`, `NotAsPublished`, `HistoryDiffers`: the edition says something else than the log
 * - `SignatureDiffers`, `CoverageDiffers`, `PostReviewDiffers`: a signature is not as it was given, or not for this text
 * - `EventMissing`, `EventChanged`, `EventUnrelated`, `EventsOutOfOrder`: the events themselves
 * - `NotInSeal`, `SealMissing`, `SealChanged`, `SealChainBroken`, `BadSignature`, `HeadDiffers`: the seals
 * - `TimeStampRefused`: the time stamp is not as it was made, over something else, or by nobody who is trusted with it
 * - `EditionUnknown`, `NotAsPublishedHere`: the issuer who verifies has published no such edition, or another
 * - `VerificationPageDiffers`, `AppearanceDiffers`: it was not printed as that issuer prints the edition
 * - `KeyDiffers`: the key is another than the one that was given; `KeyMalformed`: a public key does not fit its name
 * - `AttachmentMissing`, `TextDiffers`, `OutlineDiffers`, `LinkDiffers`, `PdfAppended`, `PdfForeignContent`, `FigureDiffers`, `BytesDiffer`: the PDF
 */
export type FindingCode =
  | 'ProofMalformed'
  | 'EditionMalformed'
  | 'EditionDiffers'
  | 'EditionHashDiffers'
  | 'ItemChanged'
  | 'ContentHashDiffers'
  | 'NotAsRegistered'
  | 'NotAsPublished'
  | 'HistoryDiffers'
  | 'SignatureDiffers'
  | 'CoverageDiffers'
  | 'PostReviewDiffers'
  | 'EventMissing'
  | 'EventChanged'
  | 'EventUnrelated'
  | 'EventsOutOfOrder'
  | 'NotInSeal'
  | 'SealMissing'
  | 'SealChanged'
  | 'SealChainBroken'
  | 'BadSignature'
  | 'HeadDiffers'
  | 'TimeStampRefused'
  | 'EditionUnknown'
  | 'NotAsPublishedHere'
  | 'VerificationPageDiffers'
  | 'AppearanceDiffers'
  | 'KeyDiffers'
  | 'KeyMalformed'
  | 'AttachmentMissing'
  | 'TextDiffers'
  | 'OutlineDiffers'
  | 'LinkDiffers'
  | 'PdfAppended'
  | 'PdfForeignContent'
  | 'FigureDiffers'
  | 'BytesDiffer';

/** Something that does not hold, and where: `edition.parts[1].items[3]`, `events[4]`, `seals[0]`, `pdf.page[12]`. */
export type Finding = { readonly code: FindingCode; readonly at: string; readonly ja: string; readonly en: string };

export const finding = (code: FindingCode, at: string, ja: string, en: string): Finding => ({ code, at, ja, en });

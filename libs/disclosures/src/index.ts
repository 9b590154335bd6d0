export { versionOfEdition } from './as-of/as-of';
export { lifeOf, stateAfter, type Life } from './as-of/life';
export { asOfProblems } from './as-of/problems';
export { shownOf, type AsOfView } from './as-of/time-machine';
export { blameViewOf, type BlameView } from './blame/blame-item';
export {
  comparisonOf,
  readSide,
  ReadTextsToCompare,
  type ComparisonView,
  type TextsToCompare,
} from './comparison/compare-disclosure';
export * from './contract';
export * from './decide-disclosure';
export * from './disclosure.codec';
export * from './disclosure.migrations';
export * from './disclosures.api.module';
export { GetDisclosure, type DisclosureView } from './disclosures/get-disclosure';
export * from './domain/disclosure';
export * from './domain/disclosure.decider';
export * from './imports/import-disclosure';
export { reviewTopic } from './nudges/digest';
export { nudgeSchedules, nudgeSweep } from './nudges/nudges';
export { previewOf, withUnprintable } from './imports/imports.controller';
export * from './projections';
export { ProposeFile, ProposeFileHandler } from './proposals/decide-proposal';
export { proposalProblems } from './proposals/problems';
export { proposedFileOf, type ProposedFileView } from './proposals/show-proposals';
export { publicationMails } from './publication/publication-mails';
export { PRINT_CHECK, type PrintCheck, type Unprintable } from './publication/publish-printable';
export { publicationSweep } from './publication/publish-scheduled';
export * from './editions/published-edition.handlers';
export * from './review-decisions';
export * from './problems';
export * from './published-edition';
export { recordText } from './record/record-text';
export { signatureRecordOf, type SignatureRecord } from './record/signature-record';
export { reviewMails } from './review-mails/review-mails';
export * from './words';

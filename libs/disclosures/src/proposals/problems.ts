import type { ProblemTexts } from '@app/http';
import { disclosureProblems } from '../problems';
import type { ProposingRejection } from './decide-proposal';

/** What a person is told when a proposal cannot be made or decided. */
export const proposalProblems: ProblemTexts<ProposingRejection> = {
  ...disclosureProblems,
  NothingProposed: ({ unchanged }) => ({
    status: 422,
    ja: `このファイルの${unchanged}項目は、いまの本文と同じです。取り込むものはありません。別のファイルを選んでください。`,
    en: `All ${unchanged} items of this file say what the disclosure says. There is nothing to take over; choose another file.`,
  }),
  UnknownProposal: {
    status: 404,
    ja: 'この取込は見つからないか、すでに終えられています。画面を読み込み直してください。',
    en: 'There is no such proposal, or its file is done with. Load the page again.',
  },
  ProposalNotPlaced: {
    status: 409,
    ja: 'どの項目の本文か、まだ決まっていません。先に項目を選んでください。',
    en: 'It is of no item yet. Choose the item first.',
  },
  ProposalDividedSince: {
    status: 409,
    ja: 'この文章は、ほかで項目に分けられました。画面を読み込み直して、段落を選び直してください。',
    en: 'Somebody has divided this text since. Load the page again and choose its paragraphs anew.',
  },
  ProposalAlreadyAccepted: ({ acceptedBy }) => ({
    status: 409,
    ja: `${acceptedBy.name}さんがすでに取り込みました。戻すには、項目の履歴から前の本文を選んでください。`,
    en: `${acceptedBy.name} has accepted it already. To go back, choose the earlier text in the item's history.`,
  }),
};

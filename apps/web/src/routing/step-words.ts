import type { Quorum, Signatories, StepReason, StepTemplate } from '@app/routes/domain/route';
import { useCommon, useLanguage, useMessages } from '../messages/language';
import { listed } from '../review/format';
import { routingMessages } from './messages';

type Step = Omit<StepTemplate, 'signatories'> & { readonly signatories: readonly Signatories[] };

/** A step of a route said in words, the same wherever a route is shown. */
export const useStepWords = () => {
  const m = useMessages(routingMessages);
  const t = useCommon();
  const language = useLanguage();

  /** 「個人情報保護責任者」, 「山本 隆、井上 葉子」 */
  const whoIn = (signatories: readonly Signatories[]): string =>
    listed(
      signatories.flatMap((of) => (of.kind === 'role' ? [t.offices[of.role]] : of.people.map(({ name }) => name))),
      language,
    );
  /** Of those, the offices; nothing where people are named. */
  const officesIn = (signatories: readonly Signatories[]): string =>
    whoIn(signatories.filter(({ kind }) => kind === 'role'));
  /** 「個人情報保護責任者」, 「指名された2名」: for where the people themselves stand below. */
  const headOf = (signatories: readonly Signatories[]): string => {
    const named = signatories.flatMap((of) => (of.kind === 'people' ? of.people : [])).length;
    return listed([officesIn(signatories), named === 0 ? '' : m.named(named)].filter(Boolean), language);
  };
  const quorumOf = (quorum: Quorum): string =>
    quorum.kind === 'n' ? m.quorumN(quorum.n) : quorum.kind === 'any' ? m.quorumAny : m.quorumAll;
  /** More than one person may be meant, so how many of them have to sign is worth saying. */
  const severalMaySign = ({ signatories, quorum }: Pick<Step, 'signatories' | 'quorum'>): boolean =>
    quorum.kind !== 'all' ||
    signatories.length > 1 ||
    signatories.some((of) => of.kind === 'people' && of.people.length > 1);
  const itemsIn = (items: readonly string[]): string => listed(items, language);

  return {
    /** Sentences one after the other. */
    inOneLine: (sentences: readonly string[]): string => sentences.join(language === 'ja' ? '' : ' '),
    whoIn,
    officesIn,
    headOf,
    quorumOf,
    severalMaySign,
    /** Everything of a step but its reason, one sentence each. */
    sentencesOf: (step: Step): readonly string[] => [
      m.sentence(
        whoIn(step.signatories),
        severalMaySign(step) ? quorumOf(step.quorum) : null,
        t.meanings[step.meaning],
      ),
      ...(step.covers === 'everything' ? [] : [m.covers(itemsIn(step.covers))]),
      ...(step.dueInBusinessDays === null ? [] : [m.dueSentence(step.dueInBusinessDays)]),
      ...(step.escalation === null
        ? []
        : [m.escalationSentence(step.escalation.afterBusinessDays, whoIn([step.escalation.to]))]),
      ...(step.meaning === 'postReview' ? [m.postReviewNote] : []),
    ],
    /** Why the step is in the route, one sentence per reason. */
    reasonsOf: (because: readonly StepReason[]): readonly string[] =>
      because.map((reason) =>
        reason.kind === 'template' ? m.becauseTemplate(reason.name) : m.becauseRule(reason.name, itemsIn(reason.items)),
      ),
  };
};

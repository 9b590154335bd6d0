import type { LocalDate } from '@app/calendar';
import type { EventStore } from '@app/event-sourcing';
import type { DigestTopic, KeptMail } from '@app/mail';
import { officersNow, organisationOn } from '@app/officers';
import { isInReview, mayActAs } from '../domain/review';
import { stateOf } from '../review-decisions';
import type { ReviewMail } from './mail-by-preference';

export const REVIEW_TOPIC = 'review';

/** Of mails about reviews a digest leaves out what has been signed meanwhile; a request and its nudges are one matter. */
export const reviewTopic = (store: EventStore): DigestTopic => ({
  topic: REVIEW_TOPIC,
  name: '回付',
  page: { label: '回付の一覧を開く', path: '/reviews' },
  stillConcern: async (userId, kept, today) => {
    const stillAsked = await whatIsAskedOf(store, userId, kept, today);
    const matters = new Map(
      kept
        .filter(
          (each) =>
            asksOf(each) === null || stillAsked.get(asksOf(each)?.disclosureId ?? '') === asksOf(each)?.revisionId,
        )
        .map((each) => [asksOf(each)?.disclosureId ?? each.id, each]),
    );
    return [...matters.values()];
  },
});

const asksOf = ({ about }: KeptMail): ReviewMail['asks'] => about as ReviewMail['asks'];

/** By disclosure: the revision whose waiting step the person may sign now. */
const whatIsAskedOf = async (
  store: EventStore,
  userId: string,
  kept: readonly KeptMail[],
  today: LocalDate,
): Promise<ReadonlyMap<string, string>> => {
  const asked = new Map<string, string>();
  const ids = new Set(kept.flatMap((each) => asksOf(each)?.disclosureId ?? []));
  const register = await officersNow(store);
  for (const id of ids) {
    const state = stateOf(await store.read(`disclosure-${id}`));
    if (state.status !== 'Registered' || !isInReview(state)) continue;
    const mayAct = mayActAs(state, userId, organisationOn(register, id, today), today).length > 0;
    if (mayAct) asked.set(id, state.revision.id);
  }
  return asked;
};

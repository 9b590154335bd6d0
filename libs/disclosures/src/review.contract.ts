import { commandAnswer } from '@app/http/contract';
import { z } from 'zod';
import { officerRoles } from '@app/officers/domain/officer-role';
import { carryOvers, meanings } from '@app/routes/domain/route';
import { revisionCauseTypes } from './domain/disclosure';

/** The shapes of review and sign-off: routes, signatures, comments, and what the screens of a review ask. */

const date = z.iso.date();
export const cause = z.object({ type: z.enum(revisionCauseTypes), note: z.string().max(500).optional() });
export const person = z.object({ id: z.string(), name: z.string() });

/** What is printed of somebody: name, department and title as of then; `role` is null for who holds no office. */
export const officerAsOfThen = z.object({
  role: z.enum(officerRoles).nullable(),
  name: z.string(),
  department: z.string(),
  title: z.string(),
});
const meaning = z.enum(meanings);
const signatories = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('role'), role: z.enum(officerRoles) }),
  z.object({ kind: z.literal('people'), people: z.array(person) }),
]);
const quorum = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({ kind: z.literal('any') }),
  z.object({ kind: z.literal('n'), n: z.number().int() }),
]);
/** As what somebody signs: holder of the office, named in the route, in the place of another, or because it escalated. */
const capacity = z.enum(['officer', 'named', 'reassigned', 'escalated']);

/** 代理: whose signature it counts as, and under which deputation; `scope` is left out in records from before it was kept. */
const onBehalfOf = z.object({
  person,
  officer: officerAsOfThen,
  deputation: z.object({
    id: z.string(),
    from: date,
    until: date,
    scope: z
      .object({
        roles: z.union([z.literal('all'), z.array(z.enum(officerRoles)).readonly()]),
        disclosureIds: z.union([z.literal('all'), z.array(z.string()).readonly()]),
      })
      .optional(),
  }),
});

export const signatureView = z.object({
  /** Index of the step in the route, from 0. */
  step: z.number().int(),
  signer: person,
  officer: officerAsOfThen,
  capacity,
  onBehalfOf: onBehalfOf.nullable(),
  meaning,
  /** The sentence that was signed; null in records from before it was kept. */
  statement: z.string().nullable(),
  /** Of the text that lay before the signer. */
  contentHash: z.string(),
  /** Of what the signature vouches for. */
  coverageHash: z.string(),
  at: z.string(),
  timeZone: z.string(),
  reauthentication: z.literal('password'),
  comment: z.string().optional(),
});

/** 後閲. */
export const postReviewView = z.object({
  step: z.number().int(),
  reader: person,
  officer: officerAsOfThen,
  capacity,
  onBehalfOf: onBehalfOf.nullable(),
  statement: z.string(),
  contentHash: z.string(),
  at: z.string(),
  comment: z.string().optional(),
  /** Not part of what is printed in the edition. */
  afterPublication: z.boolean(),
});

/** Somebody who could sign a step, or why not. A deputy is listed with whom they act for. */
const candidate = z.object({
  userId: z.string(),
  name: z.string(),
  role: z.enum(officerRoles).nullable(),
  department: z.string(),
  title: z.string(),
  capacity,
  onBehalfOf: person.nullable(),
  /** null: may sign. `author`: they, or whom they act for, wrote in the revision. */
  why: z.enum(['author', 'signedAnotherStep']).nullable(),
  /** In the step already: they signed, or a deputy did for them, or whom they would act for has signed. */
  signed: z.boolean(),
});

export const routeStepView = z.object({
  signatories: z.array(signatories),
  meaning,
  quorum,
  covers: z.union([z.literal('everything'), z.array(z.string())]),
  dueInBusinessDays: z.number().int().nullable(),
  escalation: z.object({ afterBusinessDays: z.number().int(), to: signatories }).nullable(),
  /** Why it is in the route. */
  because: z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('template'), name: z.string() }),
      z.object({ kind: z.literal('rule'), name: z.string(), items: z.array(z.string()) }),
    ]),
  ),
  /** `open`: it waits for signatures; 後閲 is open from the approval on. */
  standing: z.enum(['ahead', 'open', 'done']),
  /** As of today. */
  candidates: z.array(candidate),
  /** The last day in time; null while the step is ahead, and where the route sets none. */
  due: date.nullable(),
  /** The first day on which those it escalates to may sign as well. */
  escalatesOn: date.nullable(),
});

export const routingView = z.object({
  templateId: z.string(),
  templateName: z.string(),
  templateVersion: z.number().int(),
  carryOver: z.enum(carryOvers),
  oneSignsTwoSteps: z.boolean(),
});

export const commentView = z.object({
  id: z.string(),
  itemKey: z.string(),
  /** The passage it is about; null: the item. */
  quote: z.string().nullable(),
  text: z.string(),
  by: person,
  at: z.string(),
  mentions: z.array(z.string()),
  /** The comment that began the thread; null: this one does. Only such a one is resolved. */
  replyTo: z.string().nullable(),
  resolved: z.object({ by: person, at: z.string() }).nullable(),
});

/** At which step, when and over which text somebody decided. */
const textRead = z.object({ step: z.number().int(), at: z.string(), contentHash: z.string() });

export const revisionView = z.discriminatedUnion('status', [
  z.object({ status: z.literal('none') }),
  z.object({
    status: z.enum(['drafting', 'inReview', 'approved']),
    id: z.string(),
    editionNumber: z.number().int(),
    causes: z.array(cause),
    historyText: z.string(),
    authors: z.array(person),
    /** 差戻し that somebody is working on: the drafter, or with `toStep` the signatories of that step. */
    returned: z
      .object({ reason: z.string(), by: person, at: z.string(), toStep: z.number().int().nullable() })
      .nullable(),
    /** 差戻し: the newest of this revision, also when it has been submitted again since; `step` sent it back. */
    lastReturn: z.object({ reason: z.string(), by: person, at: z.string(), step: z.number().int() }).nullable(),
    /** As submitted: what came of the template and the rules. null while drafting: see `submission-preview`. */
    routing: routingView.nullable(),
    /** Empty while drafting. The steps of 後閲 come last. */
    route: z.array(routeStepView),
    /** Index of the step that waits, or the number of steps before those of 後閲 when all are signed. */
    step: z.number().int(),
    contentHash: z.string().nullable(),
    submittedBy: person.nullable(),
    submittedAt: z.string().nullable(),
    /** Those that hold. `carriedOver`: given to an earlier submission, over text that has not changed since. */
    signatures: z.array(signatureView.extend({ carriedOver: z.boolean() })),
    /** Given in this submission, and void since it was returned to an earlier step. */
    voided: z.array(signatureView),
    reassignments: z.array(
      z.object({ step: z.number().int(), from: person, to: person, reason: z.string(), by: person, at: z.string() }),
    ),
    postReviews: z.array(postReviewView),
    /** In which capacities the caller may sign the waiting step now, each with the sentence they would sign. */
    capacities: z.array(z.object({ onBehalfOf: person.nullable(), capacity, statement: z.string() })),
    /** Whether there is such a capacity; if not, why. */
    youMaySign: z.boolean(),
    whyNot: z
      .enum([
        'NotYourTurn',
        'SignerIsAuthor',
        'PrincipalIsAuthor',
        'SignedAnotherStep',
        'AlreadySigned',
        'AlreadySignedFor',
      ])
      .nullable(),
    /** Whom the caller would act for, where that person wrote in the revision or is in the step already. */
    whyNotFor: person.nullable(),
    /**
     * Whether everybody who holds the offices today has signed the waiting step, and nobody has recorded that it is
     * complete: somebody has left since. `revision/completion` does, and the worker before long.
     */
    mayBeCompleted: z.boolean(),
    /** Whether the caller may send it back or reject it: whoever's turn it is, an author or not. */
    youMaySendBack: z.boolean(),
    /** The caller's newest signature in this revision, void or not: what `comparison?from=lastSigned` starts from. */
    lastSigned: textRead.nullable(),
    /** The caller's newest 差戻し in this revision: what `comparison?from=lastSigned` starts from where they signed nothing. */
    lastReturned: textRead.nullable(),
    comments: z.array(commentView),
    /** 公開の予約 of what is approved; null where there is none. */
    schedule: z.object({ publishAt: z.string(), effectiveOn: date, by: person, at: z.string() }).nullable(),
  }),
]);

const candidatesInTheWay = z.object({
  step: z.number().int(),
  meaning,
  signatories: z.array(signatories),
  candidates: z.array(
    z.object({ person, why: z.enum(['author', 'signsAnotherStep']).nullable().describe('null: could sign') }),
  ),
});
/** 422 `NobodyMaySign`: the steps for which there are too few who may sign. */
export const nobodyMaySign = z.object({ steps: z.array(candidatesInTheWay) });

export const findingView = z.object({
  /** Stable while the place and the text it complains of stay the same: `{ruleId}:{itemKey}:{hash}`. */
  id: z.string(),
  ruleId: z.string(),
  severity: z.enum(['blocking', 'advice']),
  itemKey: z.string(),
  message: z.string(),
  waived: z.object({ reason: z.string(), by: person }).nullable(),
});

export const submissionPreview = z.object({
  routing: routingView,
  route: z.array(routeStepView),
  problem: nobodyMaySign
    .extend({ type: z.literal('NobodyMaySign'), detailJa: z.string(), detail: z.string() })
    .nullable(),
  /** Signatures that would hold without being given again. */
  carriedOver: z.array(signatureView),
  unresolvedComments: z.array(commentView),
  findings: z.array(findingView),
});

/** What happened since a mail was sent. */
export const movedView = z.object({
  moved: z.boolean(),
  /** Where the stream is now. */
  version: z.number().int(),
  /** Japanese, oldest first: who did what. */
  sentences: z.array(z.string()),
  changedItems: z.array(
    z.object({ itemKey: z.string(), partNumber: z.string(), number: z.number().int(), title: z.string() }),
  ),
  /** What became of the revision that was open at `since`; null while it is worked on, and where none was. */
  outcome: z
    .object({
      kind: z.enum(['approved', 'published', 'rejected', 'withdrawn']),
      /** That it led to, or was to lead to. */
      editionNumber: z.number().int(),
      /** null: an approval follows from the last signature. */
      by: person.nullable(),
      at: z.string(),
      /** Of a rejection, and of a withdrawal by an administrator. */
      reason: z.string().nullable(),
    })
    .nullable(),
});

const inboxEntry = z.object({
  disclosureId: z.string(),
  serviceName: z.string(),
  title: z.string(),
  editionNumber: z.number().int(),
  status: z.enum(['drafting', 'inReview', 'approved', 'published']),
  kind: z.enum(['sign', 'postReview', 'returned', 'publish', 'waiting']),
  /** Index in the route, and what is asked there; null where no step waits. */
  step: z.number().int().nullable(),
  meaning: meaning.nullable(),
  /** For whom the caller would sign: null stands for themselves. */
  onBehalfOf: z.array(person.nullable()),
  submittedBy: person.nullable(),
  since: z.string(),
  due: date.nullable(),
  overdue: z.boolean(),
  waitingFor: z.array(z.string()),
  note: z.string(),
});
export const inboxView = z.object({
  /** 自分の番, the most urgent first. */
  forMe: z.array(inboxEntry),
  /** ほかの方の番. */
  forOthers: z.array(inboxEntry),
  /** 済み: what the caller decided, newest first. */
  decided: z.array(
    z.object({
      disclosureId: z.string(),
      serviceName: z.string(),
      editionNumber: z.number().int().nullable(),
      kind: z.enum(['signed', 'returned', 'rejected', 'postReviewed']),
      at: z.string(),
      sentence: z.string(),
    }),
  ),
});

export const signBody = z.object({
  contentHash: z.string(),
  /**
   * Index of the step whose sentence was shown; when another one waits by now, nothing is signed. Only who is asked in a
   * single step of the route may leave it out.
   */
  step: z.number().int().min(0).optional(),
  password: z.string().min(1).max(1000),
  comment: z.string().max(2000).optional(),
  /** 代理: the id of the person whose deputy signs. */
  onBehalfOf: z.string().optional(),
});
const reason = z.string().trim().min(1).max(2000);
/** Of the text that was shown; when another one is in review by now, nothing happens. Left out: whatever is in review. */
const contentHash = z.string().optional();
export const rejectBody = z.object({ reason, contentHash });
export const returnBody = z.object({
  reason,
  contentHash,
  /** Index of the earlier step that has to look again; left out: back to the drafter. */
  toStep: z.number().int().min(0).optional(),
});
export const reassignBody = z.object({ step: z.number().int().min(0), from: z.string(), to: z.string(), reason });
/** Index of the step whose signatures are all there. */
export const completionBody = z.object({ step: z.number().int().min(0) });
/** 取下げ: an administrator, in the place of a submitter who has left, gives a reason. */
export const withdrawalBody = z.object({ reason: z.string().trim().max(2000).optional() });
export const postReviewBody = z.object({
  step: z.number().int().min(0),
  comment: z.string().max(2000).optional(),
  /** 代理: the id of the person whose deputy reads. */
  onBehalfOf: z.string().optional(),
});
export const addCommentBody = z.object({
  itemKey: z.string(),
  quote: z.string().max(1000).nullable().default(null),
  text: z.string().trim().min(1).max(4000),
  mentions: z.array(z.string()).max(50).default([]),
  replyTo: z.string().nullable().default(null),
});
export const addedComment = commandAnswer.extend({ commentId: z.string() });

import { officesOf, holdersOn, type OfficerRegister, type OfficerRole } from '@app/officers';
import type { z } from 'zod';
import type { revisionView } from '../contract';
import { defaultRoute, type Registered } from '../domain/disclosure';

export type RevisionView = z.infer<typeof revisionView>;

type Asked = { readonly by: { readonly id: string }; readonly today: string; readonly register: OfficerRegister };

/** The open revision as one person sees it: with the names of those whose turn it is today, and whether they may sign. */
export const revisionViewOf = ({ revision }: Registered, asked: Asked): RevisionView => {
  if (revision.status === 'none') return { status: 'none' };
  const { status, id, editionNumber, causes, historyText, authors } = revision;
  const submission = revision.status === 'drafting' ? null : revision;
  const route = submission?.route ?? defaultRoute;
  const step = revision.status === 'inReview' ? revision.step : revision.status === 'approved' ? route.length : 0;
  const whyNot = revision.status === 'inReview' ? reasonAgainstSigning(revision, asked) : null;
  return {
    status,
    id,
    editionNumber,
    causes: [...causes],
    historyText,
    authors: [...authors],
    returned: revision.status === 'drafting' ? (revision.returned ?? null) : null,
    route: route.map((each) => ({ ...each, holders: holdersOf(asked, each.role) })),
    step,
    contentHash: submission?.contentHash ?? null,
    submittedBy: submission?.submittedBy ?? null,
    submittedAt: submission?.submittedAt ?? null,
    signatures: [...(submission?.signatures ?? [])],
    youMaySign: revision.status === 'inReview' && whyNot === null,
    whyNot,
  };
};

const reasonAgainstSigning = (
  { route, step, authors, signatures }: Extract<Registered['revision'], { status: 'inReview' }>,
  { by, today, register }: Asked,
): 'NotYourTurn' | 'SignerIsAuthor' | null => {
  const role = route[step]?.role;
  if (!officesOf(register, by.id, today).some((office) => office.role === role)) return 'NotYourTurn';
  if (signatures.some((signature) => signature.signer.id === by.id)) return 'NotYourTurn';
  return authors.some((author) => author.id === by.id) ? 'SignerIsAuthor' : null;
};

const holdersOf = ({ register, today }: Asked, role: OfficerRole) =>
  holdersOn(register, role, today).map(({ userId, name, department, title }) => ({
    role,
    userId,
    name,
    department,
    title,
  }));

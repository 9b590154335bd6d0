/**
 * What was stored before there were route templates, deputations and coverage: a route was a list of roles, and a
 * signature vouched for everything. Lifted when it is read; what is stored stays as it is.
 */

type StepOfThen = { readonly role: string; readonly meaning: 'review' | 'approval'; readonly quorum: unknown };

/** Version 1: `[{role, meaning, quorum}]`. */
export const routeOf = (stored: unknown): unknown =>
  Array.isArray(stored)
    ? {
        templateId: 'standard',
        templateName: '標準',
        templateVersion: 1,
        carryOver: 'none',
        oneSignsTwoSteps: false,
        steps: stored.map(({ role, meaning, quorum }: StepOfThen) => ({
          signatories: [{ kind: 'role', role }],
          meaning,
          quorum,
          covers: 'everything',
          dueInBusinessDays: null,
          escalation: null,
          because: [{ kind: 'template', name: '標準' }],
        })),
      }
    : stored;

/** Version 1 had no statement, and its coverage was the content. */
export const signatureOf = (stored: unknown): unknown =>
  typeof stored === 'object' && stored !== null && 'contentHash' in stored && !('coverageHash' in stored)
    ? { ...stored, capacity: 'officer', onBehalfOf: null, statement: null, coverageHash: stored.contentHash }
    : stored;

import type * as reminding from '@app/reminding/contract';
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { answerOf, http, request } from '../api/client';
import type { CommandAnswer } from '../api/types';

export type RemindingView = z.infer<typeof reminding.remindingView>;
export type LadderView = z.infer<typeof reminding.ladderView>;
export type Ladder = LadderView['ladder'];
export type Step = Ladder['before'][number];
export type Recipient = Ladder['to'][number];
export type Escalation = NonNullable<Ladder['escalateOverdue']>;
export type CertificateKindView = z.infer<typeof reminding.certificateKindView>;
export type QuietHours = NonNullable<RemindingView['quietHours']>;

type Signal = { readonly signal?: AbortSignal };
type Answer = Promise<CommandAnswer>;
const ladderPath = (key: string): string => `/api/reminding/ladders/${encodeURIComponent(key)}`;
const kindPath = (kind: string): string => `/api/reminding/kinds/${encodeURIComponent(kind)}`;

/** The settings of reminders. */
export const remindingApi = {
  settings: ({ signal }: Signal = {}): Promise<RemindingView> => answerOf(http.GET('/api/reminding', { signal })),
  changeLadder: (key: string, name: string, ladder: Ladder): Answer =>
    request(ladderPath(key), { method: 'PUT', body: { name, ladder } }),
  removeLadder: (key: string): Answer => request(ladderPath(key), { method: 'DELETE' }),
  addKind: (kind: string, name: string, ladder: string): Answer =>
    request(kindPath(kind), { method: 'PUT', body: { name, ladder } }),
  removeKind: (kind: string): Answer => request(kindPath(kind), { method: 'DELETE' }),
  setQuietHours: (quietHours: QuietHours | null): Answer =>
    request('/api/reminding/quiet-hours', { method: 'PUT', body: { quietHours } }),
};

export const remindingQueries = {
  settings: () => queryOptions({ queryKey: ['reminding'], queryFn: remindingApi.settings }),
};

import { commandAnswer, printedLine } from '@app/http/contract';
import { z } from 'zod';

/** Of an invitation that led nowhere: `declined` by the hospital, or `unanswered` because nobody answered in time. */
export const readerStatuses = ['invited', 'following', 'left', 'declined', 'unanswered'] as const;

const step = z.object({ number: z.number().int(), at: z.string() });

export const readerView = z.object({
  id: z.string(),
  disclosureId: z.string(),
  hospital: z.string(),
  /** null once it is over: it was erased. */
  address: z.string().nullable(),
  status: z.enum(readerStatuses),
  /** When it came into that state. */
  since: z.string(),
  /** The newest edition that its page showed when it confirmed; null: not known. */
  shown: z.number().int().nullable(),
  /** The newest edition whose mail arrived. */
  delivered: step.nullable(),
  /** 受領: the newest edition. */
  acknowledged: step.nullable(),
});

/** What is read of a disclosure by now, so that a reader who is behind can be told. */
export const readDisclosure = z.object({
  id: z.string(),
  service: z.string(),
  serviceName: z.string(),
  /** The edition published last. */
  newest: z.number().int(),
});

export const readerList = z.object({ readers: z.array(readerView), disclosures: z.array(readDisclosure) });

export const inviteReaderBody = z.object({
  disclosureId: z.string().min(1),
  hospital: printedLine,
  address: z.string().min(1).max(254),
});

export const readerAnswer = commandAnswer.extend({ readerId: z.string() });

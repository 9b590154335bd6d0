import { Checkbox } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useRefresh } from '../api/queries';
import type { DisclosureView } from '../api/types';
import { TextLink } from '../shell/link';
import { ProblemText } from '../shell/problem-text';
import { shortTime, useLanguage, useMessages } from '../messages/language';
import classes from './anomaly-list.module.css';
import { messages } from './messages';
import { settleAnomaly } from './proposals-api';

type Anomaly = DisclosureView['anomalies'][number];

/** How many nobody has dealt with. */
export const openAnomalies = (anomalies: readonly Anomaly[]): number =>
  anomalies.filter(({ settled }) => settled === null).length;

/** What the reading of a file was unsure of, as a list of work: what one person has ticked off is done for all. */
export const AnomalyList = ({
  disclosureId,
  fileId,
  anomalies,
  may,
  shown,
}: {
  readonly disclosureId: string;
  /** null: the file that the disclosure was imported from. */
  readonly fileId: string | null;
  readonly anomalies: readonly Anomaly[];
  readonly may: boolean;
  /** The item that is before the reader already. */
  readonly shown?: string | undefined;
}) => {
  const t = useMessages(messages);
  const language = useLanguage();
  const refresh = useRefresh();
  const settle = useMutation({
    mutationFn: ({ index, settled }: { readonly index: number; readonly settled: boolean }) =>
      settleAnomaly(disclosureId, fileId, index, settled),
    onSettled: refresh,
  });
  return (
    <>
      {settle.isError && <ProblemText error={settle.error} />}
      <ul className={classes.list}>
        {anomalies.map(({ code, line, message, itemKey, settled }, index) => (
          <li key={index} title={code} data-settled={settled !== null}>
            <Checkbox
              checked={settled !== null}
              disabled={!may || (settle.isPending && settle.variables.index === index)}
              onChange={(event) => settle.mutate({ index, settled: event.currentTarget.checked })}
              label={line > 0 ? `${t.line(line)}：${message}` : message}
            />
            {(settled !== null || (itemKey !== null && itemKey !== shown)) && (
              <p className={classes.aside}>
                {itemKey !== null && itemKey !== shown && (
                  <TextLink to="/disclosures/$id/items/$itemKey" params={{ id: disclosureId, itemKey }} size="sm">
                    {t.toItem(itemKey)}
                  </TextLink>
                )}
                {settled && <span>{t.settledBy(settled.by.name, shortTime(settled.at, language))}</span>}
              </p>
            )}
          </li>
        ))}
      </ul>
    </>
  );
};

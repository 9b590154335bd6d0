import { Button, Checkbox, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useRefresh } from '../api/queries';
import { useCommon, useLanguage, useMessages } from '../messages/language';
import { listed } from '../review/format';
import { Dialog } from '../shell/dialog';
import { ProblemText } from '../shell/problem-text';
import table from '../shell/table.module.css';
import { certificatesApi, type CitingDisclosure, type StartedRevisions } from './certificates-api';
import classes from './certificates.module.css';
import { CitingLink } from './citing-link';
import { certificatesMessages } from './messages';

/** What still speaks of the certificate as it was: starts the revisions of those disclosures, with 証明書更新 as their cause. */
export const RevisionsDialog = ({
  certificateId,
  citing,
  onClose,
}: {
  readonly certificateId: string;
  readonly citing: readonly CitingDisclosure[];
  readonly onClose: () => void;
}) => {
  const m = useMessages(certificatesMessages);
  const t = useCommon();
  const language = useLanguage();
  const refresh = useRefresh();
  const startable = citing.filter(({ openEdition }) => openEdition === null);
  const [chosen, setChosen] = useState<readonly string[]>(startable.map(({ disclosureId }) => disclosureId));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [answer, setAnswer] = useState<StartedRevisions | null>(null);

  const start = async (): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      setAnswer(await certificatesApi.startRevisions(certificateId, chosen));
      await refresh();
    } catch (problem) {
      setError(problem);
    } finally {
      setBusy(false);
    }
  };

  if (answer) {
    return (
      <Dialog title={m.revisionsTitle} size="lg" onClose={onClose}>
        <Stack gap="md">
          {answer.started.length > 0 && (
            <div>
              <p className={classes.line}>{m.revisionsStarted}</p>
              <ul className={classes.plain}>
                {citing
                  .filter(({ disclosureId }) => answer.started.some((each) => each.disclosureId === disclosureId))
                  .map((each) => (
                    <li key={each.disclosureId}>
                      <CitingLink citing={each} />
                    </li>
                  ))}
              </ul>
            </div>
          )}
          {answer.refused.length > 0 && (
            <div>
              <p className={classes.line}>{m.revisionsRefused}</p>
              <ul className={classes.plain}>
                {answer.refused.map(({ disclosureId, serviceName, ja, en }) => (
                  <li key={disclosureId}>
                    {serviceName}
                    <span className={table.second}>{language === 'ja' ? ja : en}</span>
                  </li>
                ))}
              </ul>
            </div>
          )}
          <Group justify="flex-end">
            <Button onClick={onClose}>{t.close}</Button>
          </Group>
        </Stack>
      </Dialog>
    );
  }
  return (
    <Dialog title={m.revisionsTitle} size="lg" busy={busy} onClose={onClose}>
      <Stack gap="md">
        <p className={classes.line}>{startable.length === 0 ? m.revisionsAllOpen : m.revisionsAbout}</p>
        <ul className={classes.citing}>
          {citing.map((each) => {
            const { disclosureId, serviceName, openEdition, items } = each;
            const itemsText = listed(
              items.map(({ label }) => label),
              language,
            );
            return (
              <li key={disclosureId}>
                {openEdition === null ? (
                  <Checkbox
                    label={serviceName}
                    description={itemsText}
                    checked={chosen.includes(disclosureId)}
                    onChange={(event) =>
                      setChosen(
                        event.currentTarget.checked
                          ? [...chosen, disclosureId]
                          : chosen.filter((each) => each !== disclosureId),
                      )
                    }
                  />
                ) : (
                  <>
                    <CitingLink citing={each} />
                    <span className={table.second}>{m.revisionOpen(t.edition(openEdition))}</span>
                    <span className={table.second}>{itemsText}</span>
                  </>
                )}
              </li>
            );
          })}
        </ul>
        {error !== undefined && <ProblemText error={error} />}
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose} disabled={busy}>
            {startable.length === 0 ? t.close : m.revisionsLater}
          </Button>
          {startable.length > 0 && (
            <Button loading={busy} disabled={chosen.length === 0} onClick={() => void start()}>
              {m.revisionsNow}
            </Button>
          )}
        </Group>
      </Stack>
    </Dialog>
  );
};

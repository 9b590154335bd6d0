import { Button, Checkbox, Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queries, useRefresh } from '../api/queries';
import { useCommon, useLanguage, useMessages } from '../messages/language';
import { listed } from '../review/format';
import { Dialog } from '../shell/dialog';
import { ProblemText } from '../shell/problem-text';
import table from '../shell/table.module.css';
import {
  certificatesApi,
  type CertificateView,
  type CitingDisclosure,
  type StartedRevisions,
} from './certificates-api';
import classes from './certificates.module.css';
import { CitingLink, OpenRevision } from './citing-link';
import { mayRevise } from './may-keep-register';
import { certificatesMessages } from './messages';
import { requestMail } from './request-mail';

type Props = {
  readonly certificate: Pick<CertificateView, 'id' | 'name'>;
  readonly citing: readonly CitingDisclosure[];
  readonly onClose: () => void;
};

/** What still speaks of the certificate as it was. Drafters start the revisions; whoever is none asks one. */
export const RevisionsDialog = (props: Props) => {
  const { data: session } = useQuery(queries.session());
  return mayRevise(session) ? <StartRevisions {...props} /> : <AskForRevisions {...props} />;
};

/** The request is a mail of one's own, with the way to the button: who drafts these disclosures, the sender knows best. */
const AskForRevisions = ({ certificate: { id, name }, citing, onClose }: Props) => {
  const m = useMessages(certificatesMessages);
  const t = useCommon();
  const language = useLanguage();
  const names = citing.map(({ serviceName }) => serviceName);
  const address = `${location.origin}/certificates/${encodeURIComponent(id)}`;
  return (
    <Dialog title={m.revisionsTitle} size="lg" onClose={onClose}>
      <Stack gap="md">
        <p className={classes.line}>{m.askAbout}</p>
        <ul className={classes.citing}>
          {citing.map((each) => (
            <li key={each.disclosureId}>
              <CitingLink citing={each} />
              <OpenRevision citing={each} />
              <span className={table.second}>
                {listed(
                  each.items.map(({ label }) => label),
                  language,
                )}
              </span>
            </li>
          ))}
        </ul>
        <Group justify="flex-end" gap="sm">
          <Button variant="default" onClick={onClose}>
            {t.close}
          </Button>
          <Button component="a" href={requestMail(m.ask, name, names, address)}>
            {m.askNow}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
};

/** Starts the revisions of those disclosures, with 証明書更新 as their cause. */
const StartRevisions = ({ certificate, citing, onClose }: Props) => {
  const m = useMessages(certificatesMessages);
  const t = useCommon();
  const language = useLanguage();
  const refresh = useRefresh();
  const startable = citing.filter(({ openEdition }) => openEdition === null);
  const drafting = citing.some(({ openStatus }) => openStatus === 'drafting');
  const about = startable.length > 0 ? m.revisionsAbout : drafting ? m.revisionsAllOpen : m.revisionsAllClosed;
  const [chosen, setChosen] = useState<readonly string[]>(startable.map(({ disclosureId }) => disclosureId));
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const [answer, setAnswer] = useState<StartedRevisions | null>(null);

  const start = async (): Promise<void> => {
    setBusy(true);
    setError(undefined);
    try {
      setAnswer(await certificatesApi.startRevisions(certificate.id, chosen));
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
        <p className={classes.line}>{about}</p>
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
                    <OpenRevision citing={each} />
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

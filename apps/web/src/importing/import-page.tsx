import { Button, Progress, Text, TextInput } from '@mantine/core';
import type { Block } from '@app/content/body';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../api/api';
import { useRefresh } from '../api/queries';
import type { ImportPreview } from '../api/types';
import { longDate, useCommon, useLanguage, useMessages } from '../messages/language';
import { notify } from '../shell/notices';
import { Page } from '../shell/page';
import { PrintedBody } from '../shell/printed-body';
import { ProblemText } from '../shell/problem-text';
import { countBlocks } from './count-blocks';
import { DropPlace } from './drop-place';
import classes from './import-page.module.css';
import { messages } from './messages';
import { isServiceName, proposeServiceName } from './service-name';

export const ImportPage = () => {
  const t = useMessages(messages);
  const preview = useMutation({
    mutationFn: async (file: File) => ({ file, read: await api.previewImport(file) }),
  });
  return (
    <Page
      title={t.title}
      actions={
        preview.data && (
          <Button variant="default" onClick={() => preview.reset()}>
            {t.another}
          </Button>
        )
      }
    >
      {preview.data ? (
        <Preview file={preview.data.file} read={preview.data.read} />
      ) : (
        <div className={classes.start}>
          <p className={classes.intro}>{t.intro}</p>
          {preview.isError && <ProblemText error={preview.error} />}
          {preview.isPending ? (
            <div className={classes.drop} role="status">
              <Text>{t.reading(preview.variables.name)}</Text>
              <Progress value={100} animated w="min(20rem, 80%)" aria-label={t.reading(preview.variables.name)} />
            </div>
          ) : (
            <DropPlace onFile={(file) => preview.mutate(file)} />
          )}
        </div>
      )}
    </Page>
  );
};

const Preview = ({ file, read }: { readonly file: File; readonly read: ImportPreview }) => {
  const t = useMessages(messages);
  return (
    <div className={classes.preview}>
      <div className={classes.side}>
        <Summary read={read} />
        <ImportForm file={file} read={read} />
      </div>
      <div className={classes.main}>
        <Anomalies anomalies={read.anomalies} />
        <History rows={read.editions} />
        <Parts parts={read.parts} />
      </div>
      <span className="visually-hidden" role="status">
        {t.read}
      </span>
    </div>
  );
};

const Summary = ({ read }: { readonly read: ImportPreview }) => {
  const t = useMessages(messages);
  const common = useCommon();
  const language = useLanguage();
  const bodies = read.parts.flatMap((part) => part.items.map((item) => item.body.content as Block[]));
  const count = (type: string): number => bodies.reduce((sum, body) => sum + countBlocks(body, type), 0);
  const { issuer, source } = read;
  return (
    <section className="sheet" aria-labelledby="import-title">
      <p className={classes.service}>{read.serviceName}</p>
      <h2 id="import-title" className={classes.title}>
        {read.title}
      </h2>
      <dl className={classes.facts}>
        <dt>{t.edition}</dt>
        <dd>
          {common.edition(read.edition.number)} {longDate(read.edition.issuedOn, language)}
        </dd>
        <dt>{t.issuer}</dt>
        <dd>
          {issuer.name}
          <span className={classes.aside}>
            {[issuer.postalCode && `〒${issuer.postalCode.replace(/^〒/, '')}`, issuer.address]
              .filter(Boolean)
              .join(' ')}
            <br />
            {issuer.tel && <span className={classes.phone}>TEL {issuer.tel}</span>}
            {issuer.fax && <span className={classes.phone}>FAX {issuer.fax}</span>}
          </span>
        </dd>
        <dt>{t.contents}</dt>
        <dd>
          {t.counts(
            read.parts.length,
            read.parts.reduce((sum, part) => sum + part.items.length, 0),
            count('table'),
            count('figure'),
          )}
        </dd>
        <dt>{t.source}</dt>
        <dd>
          {source.fileName}
          <span className={classes.aside}>
            {source.byteSize.toLocaleString()} bytes・{t.encoding(source.encoding)}
          </span>
        </dd>
      </dl>
    </section>
  );
};

const ImportForm = ({ file, read }: { readonly file: File; readonly read: ImportPreview }) => {
  const t = useMessages(messages);
  const navigate = useNavigate();
  const refresh = useRefresh();
  const [service, setService] = useState(() => proposeServiceName(read.serviceName));
  const [touched, setTouched] = useState(false);
  const wrong = !isServiceName(service);
  const doImport = useMutation({
    mutationFn: () => api.importFile(file, service),
    onSuccess: async ({ disclosureId }) => {
      notify.done(t.done(read.title));
      await refresh();
      await navigate({ to: '/disclosures/$id', params: { id: disclosureId } });
    },
  });
  return (
    <form
      className={`sheet ${classes.form}`}
      onSubmit={(event) => {
        event.preventDefault();
        setTouched(true);
        if (!wrong) doImport.mutate();
      }}
    >
      <TextInput
        label={t.service}
        description={t.serviceHelp}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        value={service}
        leftSection={<span className={classes.prefix}>/d/</span>}
        leftSectionWidth={38}
        spellCheck={false}
        autoCapitalize="none"
        onChange={(event) => setService(event.currentTarget.value)}
        onBlur={() => setTouched(true)}
        error={touched && wrong ? t.serviceWrong : undefined}
      />
      {doImport.isError && <ProblemText error={doImport.error} />}
      <Button type="submit" loading={doImport.isPending} fullWidth>
        {t.doImport}
      </Button>
    </form>
  );
};

const Anomalies = ({ anomalies }: Pick<ImportPreview, 'anomalies'>) => {
  const t = useMessages(messages);
  return (
    <section className="sheet" aria-labelledby="import-anomalies">
      <h2 id="import-anomalies" className={classes.heading}>
        {t.anomalies(anomalies.length)}
      </h2>
      {anomalies.length === 0 ? (
        <Text c="dimmed">{t.noAnomalies}</Text>
      ) : (
        <>
          <p className={classes.aside}>{t.anomaliesIntro}</p>
          <ol className={classes.anomalies} tabIndex={0} aria-labelledby="import-anomalies">
            {anomalies.map(({ code, line, message }, at) => (
              <li key={at} title={code}>
                <span className={classes.line}>{t.line(line)}</span>
                <span>{message}</span>
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
};

const History = ({ rows }: { readonly rows: ImportPreview['editions'] }) => {
  const t = useMessages(messages);
  const common = useCommon();
  const language = useLanguage();
  return (
    <section className="sheet" aria-labelledby="import-history">
      <h2 id="import-history" className={classes.heading}>
        {t.history}
      </h2>
      <table className={classes.history}>
        <thead>
          <tr>
            <th scope="col">{t.historyColumns.edition}</th>
            <th scope="col">{t.historyColumns.issuedOn}</th>
            <th scope="col">{t.historyColumns.text}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ number, issuedOn, historyText }) => (
            <tr key={number}>
              <td>{common.edition(number)}</td>
              <td>{longDate(issuedOn, language)}</td>
              <td>{historyText}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};

const Parts = ({ parts }: Pick<ImportPreview, 'parts'>) => {
  const t = useMessages(messages);
  const all = parts.flatMap((part) => part.items.map((item) => item.itemKey));
  const [opened, setOpened] = useState<readonly string[]>([]);
  const allOpen = opened.length === all.length;
  return (
    <section className="sheet" aria-labelledby="import-parts">
      <div className={classes.partsHead}>
        <h2 id="import-parts" className={classes.heading}>
          {t.parts}
        </h2>
        <Button size="xs" variant="default" onClick={() => setOpened(allOpen ? [] : all)}>
          {allOpen ? t.closeAll : t.openAll}
        </Button>
      </div>
      {parts.map((part) => (
        <div key={part.number}>
          <h3 className={classes.part}>
            {part.number}. {part.title}
          </h3>
          {part.items.map((item) => (
            <details
              key={item.itemKey}
              className={classes.item}
              open={opened.includes(item.itemKey)}
              onToggle={(event) => {
                const open = event.currentTarget.open;
                setOpened((before) =>
                  open ? [...new Set([...before, item.itemKey])] : before.filter((key) => key !== item.itemKey),
                );
              }}
            >
              <summary>
                <span className={classes.number}>
                  {part.number}-{item.number}
                </span>
                {item.title}
              </summary>
              <div className={classes.body}>
                {item.body.content.length === 0 ? (
                  <Text c="dimmed">{t.emptyItem}</Text>
                ) : (
                  <PrintedBody body={item.body} />
                )}
              </div>
            </details>
          ))}
        </div>
      ))}
    </section>
  );
};

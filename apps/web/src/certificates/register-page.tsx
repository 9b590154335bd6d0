import { Button, Group, MultiSelect, NativeSelect, Stack, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useRefresh } from '../api/queries';
import { useCommon, useMessages } from '../messages/language';
import { ButtonLink, TextLink } from '../shell/link';
import { notify } from '../shell/notices';
import { Page } from '../shell/page';
import { ProblemText } from '../shell/problem-text';
import { certificatesApi, type RegisterCertificateBody } from './certificates-api';
import { useCitableItems } from './citations';
import classes from './certificates.module.css';
import { certificatesMessages } from './messages';
import { filledIn, TermFields, termMissing, type TermValues } from './term-fields';

type Kind = RegisterCertificateBody['kind'];
const kinds: readonly Kind[] = ['isms', 'privacyMark', 'ismap', 'other'];
const SEPARATOR = '\n';

export const RegisterPage = () => {
  const m = useMessages(certificatesMessages);
  const t = useCommon();
  const navigate = useNavigate();
  const refresh = useRefresh();
  const items = useCitableItems();
  const [kind, setKind] = useState<Kind>('isms');
  const [name, setName] = useState<string>(m.kinds.isms);
  const [term, setTerm] = useState<TermValues>({ number: '', body: '', issuedOn: '', validFrom: '', validUntil: '' });
  const [cited, setCited] = useState<string[]>([]);
  const [checked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();

  const chooseKind = (chosen: Kind): void => {
    // The name follows the kind until somebody has written one.
    if (name === '' || Object.values<string>(m.kinds).includes(name))
      setName(chosen === 'other' ? '' : m.kinds[chosen]);
    setKind(chosen);
  };

  const register = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setChecked(true);
    if (name.trim() === '' || termMissing(term, 'all')) return;
    setBusy(true);
    setError(undefined);
    try {
      const { certificateId } = await certificatesApi.register({
        kind,
        name: name.trim(),
        ...(filledIn(term) as Required<Pick<TermValues, 'number' | 'body' | 'validFrom' | 'validUntil'>>),
        citedBy: cited.map((value) => {
          const [disclosureId = '', itemKey = ''] = value.split(SEPARATOR);
          return { disclosureId, itemKey };
        }),
      });
      await refresh();
      notify.done(m.registered);
      await navigate({ to: '/certificates/$certificateId', params: { certificateId } });
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };

  return (
    <Page
      title={m.registerTitle}
      width="text"
      above={
        <TextLink to="/certificates" size="sm">
          {m.title}
        </TextLink>
      }
    >
      <form className="sheet" onSubmit={(event) => void register(event)} noValidate>
        <Stack gap="lg">
          <div className={classes.pairs}>
            <NativeSelect
              label={m.kind}
              data={kinds.map((value) => ({ value, label: m.kinds[value] }))}
              value={kind}
              onChange={(event) => chooseKind(event.currentTarget.value as Kind)}
            />
            <TextInput
              label={m.name}
              description={m.nameHelp}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              maxLength={200}
              error={checked && name.trim() === '' && m.required}
              value={name}
              onChange={(event) => setName(event.currentTarget.value)}
            />
          </div>
          <TermFields value={term} onChange={setTerm} required="all" checked={checked} />
          <MultiSelect
            label={m.cited}
            description={m.citedHelp}
            placeholder={cited.length === 0 ? m.citedPlaceholder : ''}
            nothingFoundMessage={m.citedNothing}
            searchable
            classNames={{ input: classes.choice! }}
            clearable
            data={[...new Set(items.map(({ serviceName }) => serviceName))].map((group) => ({
              group,
              items: items
                .filter(({ serviceName }) => serviceName === group)
                .map(({ disclosureId, itemKey, label }) => ({ value: `${disclosureId}${SEPARATOR}${itemKey}`, label })),
            }))}
            value={cited}
            onChange={setCited}
          />
          {error !== undefined && <ProblemText error={error} />}
          <Group gap="sm">
            <Button type="submit" loading={busy}>
              {m.registerNow}
            </Button>
            <ButtonLink to="/certificates" variant="default">
              {t.cancel}
            </ButtonLink>
          </Group>
        </Stack>
      </form>
    </Page>
  );
};

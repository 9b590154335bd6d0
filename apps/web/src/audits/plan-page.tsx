import { Button, Group, NativeSelect, Radio, Stack, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState, type FormEvent } from 'react';
import { useRefresh } from '../api/queries';
import type { Citation } from '../certificates/certificates-api';
import certificates from '../certificates/certificates.module.css';
import { CitationsField } from '../certificates/citations-field';
import { useCommon, useMessages } from '../messages/language';
import { ResponsibleField, responsibleOf } from '../reminding/responsible-field';
import { DateField } from '../shell/date-field';
import { ButtonLink, TextLink } from '../shell/link';
import { notify } from '../shell/notices';
import { Page } from '../shell/page';
import { ProblemText } from '../shell/problem-text';
import { auditKinds, auditsApi, type AuditKind, type Recurrence } from './audits-api';
import { auditsMessages } from './messages';
import { anchors, periods, usual, type Period } from './recurrence';

export const PlanPage = () => {
  const m = useMessages(auditsMessages);
  const t = useCommon();
  const navigate = useNavigate();
  const refresh = useRefresh();
  const [kind, setKind] = useState<AuditKind>('internalAudit');
  /** null: as the kind is called. */
  const [typedName, setName] = useState<string | null>(null);
  const name = typedName ?? (kind === 'other' ? '' : m.kinds[kind]);
  const [dueOn, setDueOn] = useState('');
  const [period, setPeriod] = useState<Period>(usual('internalAudit').period);
  const [rule, setRule] = useState('');
  const [anchor, setAnchor] = useState<Recurrence['anchor']>(usual('internalAudit').anchor);
  const [responsible, setResponsible] = useState<string | null>(null);
  const [lead, setLead] = useState('');
  const [cited, setCited] = useState<Citation[]>([]);
  const [checked, setChecked] = useState(false);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();

  const chooseKind = (chosen: AuditKind): void => {
    setKind(chosen);
    setPeriod(usual(chosen).period);
    setAnchor(usual(chosen).anchor);
  };
  const missing = name.trim() === '' || dueOn === '' || (period === 'custom' && rule.trim() === '');

  const plan = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setChecked(true);
    if (missing) return;
    const written = period === 'custom' ? rule.trim() : periods[period];
    const named = responsibleOf(responsible);
    setBusy(true);
    setError(undefined);
    try {
      const { auditId } = await auditsApi.plan({
        kind,
        name: name.trim(),
        dueOn,
        recurrence: written === null ? null : { rule: written, anchor },
        citedBy: cited,
        ...(named && { responsible: named }),
        ...(lead.trim() !== '' && { lead: lead.trim() }),
      });
      await refresh();
      notify.done(m.planned);
      await navigate({ to: '/audits/$auditId', params: { auditId } });
    } catch (problem) {
      setError(problem);
      setBusy(false);
    }
  };

  return (
    <Page
      title={m.planTitle}
      width="text"
      above={
        <TextLink to="/audits" size="sm">
          {m.title}
        </TextLink>
      }
    >
      <form className="sheet" onSubmit={(event) => void plan(event)} noValidate>
        <Stack gap="lg">
          <div className={certificates.pairs}>
            <NativeSelect
              label={m.kind}
              data={auditKinds.map((value) => ({ value, label: m.kinds[value] }))}
              value={kind}
              onChange={(event) => chooseKind(event.currentTarget.value as AuditKind)}
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
          <div className={certificates.pairs}>
            <DateField
              label={m.firstDueOn}
              value={dueOn}
              error={checked && dueOn === '' && m.required}
              onChange={setDueOn}
            />
            <NativeSelect
              label={m.period}
              data={([...Object.keys(periods), 'custom'] as Period[]).map((value) => ({
                value,
                label: m.periods[value],
              }))}
              value={period}
              onChange={(event) => setPeriod(event.currentTarget.value as Period)}
            />
          </div>
          {period === 'custom' && (
            <TextInput
              label={m.rule}
              description={m.ruleHelp}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              maxLength={200}
              error={checked && rule.trim() === '' && m.required}
              value={rule}
              onChange={(event) => setRule(event.currentTarget.value)}
            />
          )}
          {period !== 'once' && (
            <Radio.Group label={m.anchor} value={anchor} onChange={(value) => setAnchor(value as Recurrence['anchor'])}>
              <Stack gap="xs">
                {anchors.map((each) => (
                  <Radio key={each} value={each} label={m.anchors[each]} />
                ))}
              </Stack>
            </Radio.Group>
          )}
          <div className={certificates.pairs}>
            <ResponsibleField description={m.responsibleHelp} value={responsible} onChange={setResponsible} />
            <TextInput
              label={m.leadOptional}
              description={m.leadHelp}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              maxLength={200}
              value={lead}
              onChange={(event) => setLead(event.currentTarget.value)}
            />
          </div>
          <CitationsField label={m.cited} description={m.citedHelp} value={cited} onChange={setCited} />
          {error !== undefined && <ProblemText error={error} />}
          <Group gap="sm">
            <Button type="submit" loading={busy}>
              {m.planNow}
            </Button>
            <ButtonLink to="/audits" variant="default">
              {t.cancel}
            </ButtonLink>
          </Group>
        </Stack>
      </form>
    </Page>
  );
};

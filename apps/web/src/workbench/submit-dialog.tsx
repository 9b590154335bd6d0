import { Button, Group, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { api } from '../api/api';
import { queries, useRefresh } from '../api/queries';
import type { DisclosureView, NobodyMaySign, OpenRevision, RouteStepView, SubmissionPreview } from '../api/types';
import { useCommon, useLanguage, useMessages } from '../messages/language';
import { Comparison } from '../review/difference/comparison';
import { listed } from '../review/format';
import { useStepWords } from '../routing/step-words';
import { Dialog } from '../shell/dialog';
import { TextLink } from '../shell/link';
import { notify } from '../shell/notices';
import { Loaded } from '../shell/page';
import { ProblemText } from '../shell/problem-text';
import { openFindings, type PlacedItem } from './items';
import { messages } from './messages';
import { useIsSaving } from './saves';
import classes from './submit-dialog.module.css';

/** 提出: what changed, who it goes to, and what still stands in the way. */
export const SubmitDialog = ({
  disclosure,
  revision,
  unsaved,
  onDescribe,
  onClose,
}: {
  readonly disclosure: DisclosureView;
  readonly revision: OpenRevision;
  /** Items with text that was not saved. */
  readonly unsaved: readonly PlacedItem[];
  readonly onDescribe: () => void;
  readonly onClose: () => void;
}) => {
  const t = useMessages(messages);
  const common = useCommon();
  const language = useLanguage();
  const refresh = useRefresh();
  const isSaving = useIsSaving();
  const edition = common.edition(revision.editionNumber);
  const comparison = useQuery(queries.comparison(disclosure.id, 'inForce', 'draft'));
  const preview = useQuery(queries.submissionPreview(disclosure.id));
  const blocking = openFindings(disclosure.findings, 'blocking');
  const advice = disclosure.findings.filter((finding) => !blocking.includes(finding));
  const nothingChanged = comparison.data?.items.length === 0;
  const noText = revision.historyText.trim() === '';
  const submit = useMutation({
    mutationFn: () => api.submit(disclosure.id),
    onSuccess: async () => {
      await refresh();
      notify.done(t.submitted(edition));
      onClose();
    },
  });
  return (
    <Dialog onClose={onClose} title={t.submitTitle(edition)} size="wide" busy={submit.isPending}>
      <Stack gap="lg">
        {blocking.length > 0 && (
          <div className={classes.stop} role="alert">
            <p>{t.submitBlocked(blocking.length)}</p>
            <ul>
              {blocking.map((finding) => (
                <li key={finding.id}>{finding.message}</li>
              ))}
            </ul>
          </div>
        )}
        {preview.data?.problem && <Nobody problem={preview.data.problem} />}
        {noText && (
          <div className={classes.stop}>
            <p>
              {t.submitNoText}{' '}
              <Button size="xs" variant="default" onClick={onDescribe}>
                {t.writeIt}
              </Button>
            </p>
          </div>
        )}
        {isSaving ? (
          <p role="status">{t.submitSaving}</p>
        ) : (
          unsaved.length > 0 && (
            <div className={classes.stop} role="alert">
              <p>{t.submitUnsaved}</p>
              <ul>
                {unsaved.map(({ part, item }) => (
                  <li key={item.itemKey}>
                    <TextLink
                      to="/disclosures/$id/items/$itemKey"
                      params={{ id: disclosure.id, itemKey: item.itemKey }}
                      onClick={onClose}
                    >
                      {part.number}-{item.number} {item.title}
                    </TextLink>
                  </li>
                ))}
              </ul>
            </div>
          )
        )}
        <section>
          <h3 className={classes.heading}>{t.submitRoute}</h3>
          <Text size="sm" c="dimmed" mb="xs">
            {t.submitText}
          </Text>
          <Loaded query={preview}>{(data) => <RouteToBe preview={data} />}</Loaded>
        </section>
        {preview.data && preview.data.unresolvedComments.length > 0 && (
          <section>
            <h3 className={classes.heading}>{t.submitComments(preview.data.unresolvedComments.length)}</h3>
            <Text size="sm" c="dimmed">
              {t.submitCommentsHelp}
            </Text>
            <ul className={classes.plain}>
              {preview.data.unresolvedComments.map((comment) => (
                <li key={comment.id}>
                  <strong>{comment.itemKey}</strong> {comment.text}
                  <span className={classes.meaning}>{comment.by.name}</span>
                </li>
              ))}
            </ul>
          </section>
        )}
        {advice.length > 0 && (
          <details className={classes.details}>
            <summary>{t.submitFindings(advice.length)}</summary>
            <ul className={classes.plain}>
              {advice.map((finding) => (
                <li key={finding.id}>
                  {finding.message}
                  {finding.waived && (
                    <span className={classes.meaning}>
                      {t.waivedBy(finding.waived.by.name)}：{finding.waived.reason}
                    </span>
                  )}
                </li>
              ))}
            </ul>
          </details>
        )}
        {!noText && (
          <section>
            <h3 className={classes.heading}>{t.submitHistory}</h3>
            <p className={classes.quote}>{revision.historyText}</p>
            <Text size="sm" c="dimmed">
              {t.submitCauses(
                listed(
                  revision.causes.map(({ type, note }) => common.causeWithNote(common.causes[type], note)),
                  language,
                ),
              )}
            </Text>
          </section>
        )}
        <section>
          <h3 className={classes.heading}>{t.submitChanges(comparison.data?.items.length ?? 0)}</h3>
          <Loaded query={comparison}>
            {({ items, from, to }) =>
              items.length === 0 ? (
                <Text>{t.nothingChanged}</Text>
              ) : (
                <Comparison items={items} layout="inline" fromLabel={from.label} toLabel={to.label} />
              )
            }
          </Loaded>
        </section>
        {submit.isError && <ProblemText error={submit.error} />}
        <Group justify="flex-end" className={classes.bar}>
          <Button variant="default" onClick={onClose} disabled={submit.isPending}>
            {common.cancel}
          </Button>
          <Button
            loading={submit.isPending || isSaving}
            disabled={
              unsaved.length > 0 || blocking.length > 0 || noText || nothingChanged || Boolean(preview.data?.problem)
            }
            onClick={() => submit.mutate()}
          >
            {t.submitNow}
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
};

/** The route that came out: who signs what until when, why each step is there, and who could. */
const RouteToBe = ({ preview }: { readonly preview: SubmissionPreview }) => {
  const t = useMessages(messages);
  const language = useLanguage();
  const step = (of: RouteStepView) => <StepToBe key={preview.route.indexOf(of)} step={of} />;
  const after = preview.route.filter(({ meaning }) => meaning === 'postReview');
  return (
    <>
      <ol className={classes.route}>{preview.route.filter(({ meaning }) => meaning !== 'postReview').map(step)}</ol>
      {after.length > 0 && (
        <>
          <p className={classes.after}>{t.submitAfter}</p>
          <ul className={classes.route}>{after.map(step)}</ul>
        </>
      )}
      {preview.carriedOver.length > 0 && (
        <p className={classes.because}>
          {t.submitCarriedOver(
            listed(
              preview.carriedOver.map(({ officer }) => officer.name),
              language,
            ),
          )}
        </p>
      )}
    </>
  );
};

const StepToBe = ({ step }: { readonly step: RouteStepView }) => {
  const t = useMessages(messages);
  const common = useCommon();
  const { headOf, quorumOf, severalMaySign, sentencesOf, reasonsOf, inOneLine } = useStepWords();
  const may = step.candidates.filter(({ why }) => why === null);
  const barred = step.candidates.filter(({ why, onBehalfOf }) => why !== null && onBehalfOf === null);
  return (
    <li>
      <span className={classes.office}>
        {headOf(step.signatories)}
        <span className={classes.meaning}>{common.meanings[step.meaning]}</span>
      </span>
      <span className={classes.holders}>
        {may.length === 0 && <span className={classes.nobody}>{t.noHolder}</span>}
        {may.map((candidate) => (
          <span key={`${candidate.userId} ${candidate.onBehalfOf?.id ?? ''}`} className={classes.holder}>
            {candidate.name}
            <span className={classes.meaning}>
              {candidate.onBehalfOf === null
                ? `${candidate.department} ${candidate.title}`
                : t.deputyOf(candidate.onBehalfOf.name)}
            </span>
          </span>
        ))}
        {barred.map((candidate) => (
          <span key={candidate.userId} className={classes.barred}>
            {candidate.name}
            <span className={classes.meaning}>
              {t.nobodyWhy[candidate.why === 'author' ? 'author' : 'signsAnotherStep']}
            </span>
          </span>
        ))}
      </span>
      <span className={classes.because}>
        {severalMaySign(step) && t.submitNeeded(quorumOf(step.quorum))}
        {inOneLine([...sentencesOf(step).slice(1), ...reasonsOf(step.because)])}
      </span>
    </li>
  );
};

/** The steps for which nobody is left, with everybody's name and reason. */
const Nobody = ({ problem }: { readonly problem: NobodyMaySign }) => {
  const t = useMessages(messages);
  const common = useCommon();
  const { whoIn } = useStepWords();
  return (
    <div className={classes.stop} role="alert">
      <p>
        <strong>{t.submitNobody}</strong>
      </p>
      {problem.steps.map(({ step, meaning, signatories, candidates }) => (
        <div key={step}>
          <p>{t.nobodyStep(step + 1, whoIn(signatories), common.meanings[meaning])}</p>
          <ul>
            {candidates.map(({ person, why }) => (
              <li key={person.id}>{`${person.name}：${t.nobodyWhy[why ?? 'none']}`}</li>
            ))}
            {candidates.length === 0 && <li>{t.nobodyAtAll}</li>}
          </ul>
        </div>
      ))}
      <p>{t.submitNobodyHelp}</p>
    </div>
  );
};

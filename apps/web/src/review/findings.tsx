import { IconAlertTriangle, IconBulb, IconCircleCheck } from '@tabler/icons-react';
import type { ComparisonView, FindingView } from '../api/types';
import { useMessages } from '../messages/language';
import { anchorOf, labelOf } from './difference/comparison';
import { reviewMessages } from './messages';
import classes from './review.module.css';

/** 点検結果 of the whole document; those of changed items lead to them. */
export const Findings = ({
  findings,
  changed,
}: {
  readonly findings: readonly FindingView[];
  readonly changed: ComparisonView['items'];
}) => {
  const m = useMessages(reviewMessages);
  const itemOf = (finding: FindingView) => changed.find(({ itemKey }) => itemKey === finding.itemKey);
  const inChanged = findings.filter((finding) => itemOf(finding) !== undefined);
  const elsewhere = findings.filter((finding) => itemOf(finding) === undefined);
  return (
    <section className="sheet" aria-labelledby="findings">
      <h2 id="findings" className={classes.panelTitle}>
        {m.findings}
      </h2>
      {findings.length === 0 && <p className={classes.quiet}>{m.findingsNone}</p>}
      {inChanged.length > 0 && (
        <ul className={classes.findings}>
          {inChanged.map((finding) => {
            const item = itemOf(finding)!;
            return <Finding key={finding.id} finding={finding} link={{ label: labelOf(item), to: anchorOf(item) }} />;
          })}
        </ul>
      )}
      {elsewhere.length > 0 && (
        <details className={classes.elsewhere} open={inChanged.length === 0}>
          <summary>{m.findingsOutsideChanges(elsewhere.length)}</summary>
          <ul className={classes.findings}>
            {elsewhere.map((finding) => (
              <Finding key={finding.id} finding={finding} />
            ))}
          </ul>
        </details>
      )}
    </section>
  );
};

export const Finding = ({
  finding,
  link,
}: {
  readonly finding: FindingView;
  readonly link?: { readonly label: string; readonly to: string };
}) => {
  const m = useMessages(reviewMessages);
  const Icon = finding.waived ? IconCircleCheck : finding.severity === 'blocking' ? IconAlertTriangle : IconBulb;
  return (
    <li className={classes.finding} data-severity={finding.waived ? 'waived' : finding.severity}>
      <Icon size={18} stroke={1.6} aria-hidden="true" />
      <div>
        <p>
          <span className={classes.severity}>
            {finding.waived ? m.waived : finding.severity === 'blocking' ? m.severityBlocking : m.severityAdvice}
          </span>
          {link && <a href={`#${link.to}`}>{link.label}</a>}
          {link ? withoutLabel(finding.message, link.label) : finding.message}
        </p>
        {finding.waived && <p className={classes.quiet}>{m.waivedBy(finding.waived.by.name, finding.waived.reason)}</p>}
      </div>
    </li>
  );
};

/** Most messages begin with the item they complain of; the link says that already. */
const withoutLabel = (message: string, label: string): string =>
  message.startsWith(label) ? message.slice(label.length) : ` ${message}`;

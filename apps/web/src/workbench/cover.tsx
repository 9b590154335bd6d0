import { Link } from '@tanstack/react-router';
import type { DisclosureView } from '../api/types';
import { shownOf } from '../editions/edition-state';
import { longDate, useCommon, useLanguage, useMessages } from '../messages/language';
import classes from './cover.module.css';
import { messages } from './messages';

/** The cover, the contents and the revision history, as they will be printed. */
export const Cover = ({ disclosure }: { readonly disclosure: DisclosureView }) => {
  const t = useMessages(messages);
  const common = useCommon();
  const language = useLanguage();
  const { id, issuer, revision } = disclosure;
  const shown = shownOf(disclosure);
  return (
    <article className={`sheet ${classes.cover}`}>
      <header className={classes.head}>
        <p className={classes.service}>{disclosure.serviceName}</p>
        <h2 className={classes.title}>{disclosure.title}</h2>
        {shown && (
          <p className={classes.edition}>
            {common.edition(shown.number)} {longDate(shown.issuedOn, language)}
          </p>
        )}
        <address className={classes.issuer}>
          <strong>{issuer.name}</strong>
          {issuer.address && (
            <>
              <br />
              {issuer.postalCode && `〒${issuer.postalCode.replace(/^〒/, '')} `}
              {issuer.address}
            </>
          )}
          {(issuer.tel ?? issuer.fax) && (
            <>
              <br />
              {[issuer.tel && `TEL ${issuer.tel}`, issuer.fax && `FAX ${issuer.fax}`].filter(Boolean).join(' ')}
            </>
          )}
        </address>
      </header>
      <section>
        <h3 className={classes.heading}>{t.contents}</h3>
        {disclosure.parts.map((part) => (
          <div key={part.number}>
            <p className={classes.part}>
              {part.number}. {part.title}
            </p>
            <ol className={classes.contents}>
              {part.items.map(({ itemKey, number, title }) => (
                <li key={itemKey} value={number}>
                  <Link to="/disclosures/$id/items/$itemKey" params={{ id, itemKey }}>
                    {title}
                  </Link>
                </li>
              ))}
            </ol>
          </div>
        ))}
      </section>
      <section>
        <h3 className={classes.heading}>{t.revisionHistory}</h3>
        <table className={classes.history}>
          <thead>
            <tr>
              <th scope="col">{t.columns.edition}</th>
              <th scope="col">{t.columns.issuedOn}</th>
              <th scope="col">{t.columns.text}</th>
            </tr>
          </thead>
          <tbody>
            {disclosure.revisionHistory.map(({ number, issuedOn, historyText }) => (
              <tr key={number}>
                <td>{common.edition(number)}</td>
                <td>{longDate(issuedOn, language)}</td>
                <td>{historyText}</td>
              </tr>
            ))}
            {revision.status !== 'none' && (
              <tr className={classes.draft}>
                <td>{common.edition(revision.editionNumber)}</td>
                <td>{t.draftRow}</td>
                <td>{revision.historyText}</td>
              </tr>
            )}
          </tbody>
        </table>
      </section>
    </article>
  );
};

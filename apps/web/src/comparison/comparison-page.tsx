import { Button, SegmentedControl } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { queries } from '../api/queries';
import { CompareForm } from '../editions/compare-form';
import { useMessages } from '../messages/language';
import { TextLink } from '../shell/link';
import { Loaded, Page } from '../shell/page';
import { comparisonAddress, comparisonTableQuery, type Asked, type Extent } from './comparison-api';
import classes from './comparison.module.css';
import { ComparisonSheet } from './comparison-table';
import { comparisonMessages } from './messages';
import { isOfTwoDisclosures } from './sides';

/** 新旧対照表 of any two texts of a disclosure, to read, print and take away; its address can be sent to somebody. */
export const ComparisonPage = () => {
  const { id } = useParams({ strict: false });
  const { from = 'inForce', to = 'draft' } = useSearch({ strict: false }) as { from?: string; to?: string };
  const [show, setShow] = useState<Extent>('changed');
  const m = useMessages(comparisonMessages);
  const asked: Asked = { from, to, show };
  const disclosure = useQuery(queries.disclosure(id!));
  const isOfTwo = isOfTwoDisclosures(asked, disclosure.data);
  const table = useQuery(comparisonTableQuery(id!, asked));
  return (
    <Page
      title={isOfTwo ? m.titleOfTwo : m.title}
      width="wide"
      above={
        disclosure.data && (
          <TextLink to="/disclosures/$id/editions" params={{ id: disclosure.data.id }} size="sm">
            {m.editions(disclosure.data.serviceName)}
          </TextLink>
        )
      }
      actions={
        <Button variant="default" size="sm" className={classes.notPrinted!} onClick={() => print()}>
          {m.print}
        </Button>
      }
    >
      <div className={classes.page}>
        <div className={`sheet ${classes.notPrinted}`}>
          <Loaded query={disclosure}>
            {(view) => <CompareForm key={`${from}-${to}`} disclosure={view} {...chosenIn(view, from, to)} />}
          </Loaded>
        </div>
        <div className={classes.notPrinted}>
          <div className={classes.bar}>
            <SegmentedControl
              aria-label={m.extent}
              value={show}
              onChange={(value) => setShow(value as Extent)}
              data={[
                { value: 'changed', label: isOfTwo ? m.differing : m.changed },
                { value: 'all', label: m.all },
              ]}
            />
            <ul className={classes.downloads} aria-label={isOfTwo ? m.downloadsOfTwo : m.downloads}>
              {(['pdf', 'docx', 'html', 'md'] as const).map((format) => (
                <li key={format}>
                  <a href={comparisonAddress(id!, `comparison.${format}`, asked)} download>
                    <IconDownload size={15} stroke={1.6} aria-hidden="true" />
                    {{ pdf: m.pdf, docx: m.word, html: m.html, md: m.markdown }[format]}
                  </a>
                </li>
              ))}
            </ul>
          </div>
        </div>
        <Loaded query={table}>
          {(data) =>
            data.rows.every(({ kind }) => kind === 'part' || kind === 'omitted') ? (
              <p>{m.nothing}</p>
            ) : (
              <ComparisonSheet table={data} label={isOfTwo ? m.rowsOfTwo : m.rows} />
            )
          }
        </Loaded>
      </div>
    </Page>
  );
};

/** `inForce` in the address stands for the edition published last. */
const chosenIn = (view: { readonly editions: readonly { readonly number: number }[] }, from: string, to: string) => {
  const number = String(view.editions.at(-1)?.number ?? '');
  return { from: from === 'inForce' ? number : from, to: to === 'inForce' ? number : to };
};

import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams, useSearch } from '@tanstack/react-router';
import { queries } from '../api/queries';
import type { ComparisonView } from '../api/types';
import { useMessages } from '../messages/language';
import { Comparison, Legend } from '../review/difference/comparison';
import { ItemList } from '../review/difference/item-list';
import { useLayout } from '../review/difference/use-layout';
import { TextLink } from '../shell/link';
import { Causes } from '../review/why-panel';
import { Loaded, Page } from '../shell/page';
import { CompareForm } from './compare-form';
import classes from './editions.module.css';
import { editionsMessages } from './messages';

/** 新旧対照表 of any two texts of a disclosure; its address can be sent to somebody. */
export const ComparePage = () => {
  const { id } = useParams({ strict: false });
  const { from = 'inForce', to = 'draft' } = useSearch({ strict: false }) as { from?: string; to?: string };
  const m = useMessages(editionsMessages);
  const disclosure = useQuery(queries.disclosure(id!));
  const comparison = useQuery(queries.comparison(id!, from, to));
  return (
    <Page
      title={m.comparisonTitle}
      width="wide"
      above={
        disclosure.data && (
          <TextLink to="/disclosures/$id/editions" params={{ id: disclosure.data.id }} size="sm">
            {`${disclosure.data.serviceName} ${m.title}`}
          </TextLink>
        )
      }
      actions={
        <Button variant="default" size="sm" className={classes.printButton!} onClick={() => print()}>
          {m.print}
        </Button>
      }
    >
      <div className={classes.sections}>
        <div className={`sheet ${classes.notPrinted}`}>
          <Loaded query={disclosure}>
            {(view) => <CompareForm key={`${from}-${to}`} disclosure={view} {...chosenIn(view, from, to)} />}
          </Loaded>
        </div>
        <Loaded query={comparison}>{(data) => <Difference comparison={data} />}</Loaded>
      </div>
    </Page>
  );
};

/** `inForce` in the address stands for the number it has now. */
const chosenIn = (
  view: { readonly editions: readonly { readonly number: number; readonly inForce: boolean }[] },
  from: string,
  to: string,
) => {
  const number = String(view.editions.find(({ inForce }) => inForce)?.number ?? '');
  return { from: from === 'inForce' ? number : from, to: to === 'inForce' ? number : to };
};

const Difference = ({ comparison }: { readonly comparison: ComparisonView }) => {
  const m = useMessages(editionsMessages);
  const { layout, choice } = useLayout();
  return (
    <section aria-labelledby="difference">
      <header className={classes.differenceHead}>
        <h2 id="difference">{m.comparisonOf(comparison.from.label, comparison.to.label)}</h2>
        <Legend />
        {choice}
      </header>
      {comparison.causes.length > 0 && <Causes causes={comparison.causes} />}
      {comparison.historyText && <p className={classes.historyText}>{comparison.historyText}</p>}
      {comparison.items.length === 0 ? (
        <p>{m.noDifference}</p>
      ) : (
        <>
          {comparison.items.length > 1 && <ItemList items={comparison.items} />}
          <Comparison
            items={comparison.items}
            layout={layout}
            fromLabel={comparison.from.label}
            toLabel={comparison.to.label}
          />
        </>
      )}
    </section>
  );
};

import { Button, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { useMessages } from '../messages/language';
import { TextLink } from '../shell/link';
import { Loaded, Page } from '../shell/page';
import { hrefOf, hrefOfRecord, inRows } from './hit-place';
import { messages } from './messages';
import { Runs } from './runs';
import { searchQuery, type FoundRecord, type SearchHit } from './search-api';
import classes from './search.module.css';

/** 検索: everything that disclosures say, as drafted and as published, and certificates, audits and errata. */
export const SearchPage = () => {
  const m = useMessages(messages);
  const { q = '' } = useSearch({ from: '/shell/search' });
  const navigate = useNavigate();
  const [typed, setTyped] = useState(q);
  const found = useQuery(searchQuery(q));
  return (
    <Page title={m.search}>
      <form
        role="search"
        className={classes.form}
        onSubmit={(event) => {
          event.preventDefault();
          void navigate({ to: '/search', search: typed.trim() === '' ? {} : { q: typed.trim() } });
        }}
      >
        <TextInput
          key={q}
          type="search"
          label={m.searchFor}
          description={m.searchHelp}
          defaultValue={q}
          maxLength={200}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
        <Button type="submit">{m.search}</Button>
      </form>
      {q.trim() !== '' && (
        <Loaded query={found}>
          {({ hits, records, more }) => (
            <>
              <Text role="status" size="sm" c="dimmed" my="sm">
                {hits.length + records.length === 0 ? m.nothingFor(q) : m.found(hits.length + records.length, more)}
              </Text>
              <ol className={classes.hits}>
                {hits.map((hit, at) => (
                  <li key={at} className="sheet">
                    <Hit hit={hit} />
                  </li>
                ))}
                {records.map((record) => (
                  <li key={`${record.kind} ${record.id}`} className="sheet">
                    <FoundInRegister record={record} />
                  </li>
                ))}
              </ol>
            </>
          )}
        </Loaded>
      )}
    </Page>
  );
};

const FoundInRegister = ({ record }: { readonly record: FoundRecord }) => {
  const m = useMessages(messages);
  return (
    <>
      <h2 className={classes.hitTitle}>
        <TextLink to={hrefOfRecord(record)} inherit>
          <Runs runs={record.title} /> {record.edition && m.erratumOf(record.edition.number)}
        </TextLink>
      </h2>
      <p className={classes.passage}>
        <Runs runs={record.passage} />
      </p>
      <p className={classes.where}>{m.kinds[record.kind]}</p>
    </>
  );
};

const Hit = ({ hit }: { readonly hit: SearchHit }) => {
  const m = useMessages(messages);
  const { item, passage, serviceName, disclosureTitle, inDraft, editions } = hit;
  const where = [
    ...(item ? [serviceName] : []),
    ...(item && inDraft ? [m.draft] : []),
    ...(editions.length > 0 ? [m.editions(inRows(editions))] : []),
  ];
  return (
    <>
      <h2 className={classes.hitTitle}>
        <TextLink to={hrefOf(hit)} inherit>
          {item ? (
            <>
              <span className={classes.place}>{item.place}</span> <Runs runs={item.title} />
            </>
          ) : (
            disclosureTitle
          )}
        </TextLink>
      </h2>
      <p className={classes.passage}>
        <Runs runs={passage} />
      </p>
      <p className={classes.where}>{where.join('・')}</p>
    </>
  );
};

import type { Queryable } from '@app/database';
import type { z } from 'zod';
import type { searchView } from './contract';
import { found, marked, passage } from './passage';
import { likenessOf, patternsOf } from './patterns';
import { SEARCHED_RECORDS, type SearchedRecord } from './searched-records';
import { OF_DISCLOSURE } from './searched-texts';

type Found = {
  readonly disclosureId: string;
  readonly serviceName: string;
  readonly disclosureTitle: string;
  readonly itemKey: string;
  readonly place: string;
  readonly title: string;
  readonly text: string;
  readonly inDraft: boolean;
  readonly editions: readonly number[];
};

/**
 * The texts of all disclosures, as drafted and as published, that have every word of the question: disclosures first, then what has it
 * in its heading, then what is still so, then the newest. Besides, certificates, audits and errata: by name first.
 */
export const search = async (
  database: Queryable,
  question: string,
  limit: number,
): Promise<z.infer<typeof searchView>> => {
  const patterns = patternsOf(question);
  if (patterns.length === 0) return { hits: [], records: [], more: false };
  const { likes, inexact } = likenessOf(question);
  const rows = await database.query<Found[]>(
    `select t.disclosure_id as "disclosureId", d.text as "serviceName", d.title as "disclosureTitle",
            t.item_key as "itemKey", t.place, t.title, t.text, t.in_draft as "inDraft", t.editions
       from searched_text t
       join searched_text d on d.disclosure_id = t.disclosure_id and d.item_key = '${OF_DISCLOSURE}'
      where t.sought like all($1::text[]) and t.sought ~ all($2::text[])
      order by t.item_key = '${OF_DISCLOSURE}' desc, split_part(t.sought, E'\\n', 1) like all($1::text[]) desc, t.in_draft desc,
               t.editions[cardinality(t.editions)] desc nulls first, d.title, t.disclosure_id, t.ordinal, t.hash
      limit $3`,
    [likes, inexact, limit + 1],
  );
  const records = await database.query<(SearchedRecord & { readonly serviceName: string | null })[]>(
    `select body->>'kind' as kind, body->>'id' as id, body->>'title' as title, body->'lines' as lines, body->'edition' as edition,
            d.text as "serviceName"
       from view
       left join searched_text d on d.disclosure_id = body->'edition'->>'disclosureId' and d.item_key = '${OF_DISCLOSURE}'
      where name = '${SEARCHED_RECORDS}' and body->>'sought' like all($1::text[]) and body->>'sought' ~ all($2::text[])
      order by split_part(body->>'sought', E'\\n', 1) like all($1::text[]) desc, body->>'title', key
      limit $3`,
    [likes, inexact, limit + 1],
  );
  return {
    hits: rows.slice(0, limit).map(({ itemKey, place, title, text, ...row }) => ({
      disclosureId: row.disclosureId,
      serviceName: row.serviceName,
      disclosureTitle: row.disclosureTitle,
      item: itemKey === OF_DISCLOSURE ? null : { itemKey, place, title: [...marked(title, patterns)] },
      passage: [...(itemKey === OF_DISCLOSURE ? marked(`${text} ${title}`, patterns) : passage(text, patterns))],
      inDraft: row.inDraft,
      editions: [...row.editions],
    })),
    records: records.slice(0, limit).map(({ kind, id, title, lines, edition, serviceName }) => ({
      ...{ kind, id, edition },
      title: [...marked(edition === null ? title : (serviceName ?? ''), edition === null ? patterns : [])],
      passage: [...passage(lines.find((line) => found(line, patterns).length > 0) ?? lines.join('\n'), patterns)],
    })),
    more: rows.length > limit || records.length > limit,
  };
};

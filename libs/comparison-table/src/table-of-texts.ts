import type { Body } from '@app/content';
import type { TextsToCompare } from '@app/disclosures';
import { comparisonTable, type ComparedText, type ComparisonTable, type Extent } from './comparison-table';

/** 新旧対照表 of two texts as they are answered: of one disclosure, or of two. */
export const tableOfTexts = (
  { serviceName, title, older, newer, pairedBy }: TextsToCompare,
  extent: Extent,
): ComparisonTable =>
  comparisonTable(`${serviceName}　${title}`, comparedText(older), comparedText(newer), extent, pairedBy);

/** Bodies travel as unknown JSON in the contract; they were checked when they were written. */
const comparedText = ({ label, parts }: TextsToCompare['older']): ComparedText => ({
  label,
  parts: parts.map((part) => ({
    ...part,
    items: part.items.map((item) => ({ ...item, body: item.body as Body })),
  })),
});

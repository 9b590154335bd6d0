import type { Anomaly } from './imported-disclosure';

/** Codes are stable: screens, scripts and the record of an import refer to them. */
export const anomalyCodes = [
  'ENCODING_CONVERTED',
  'CONTROL_CHARACTERS_REMOVED',
  'DOUBLE_ESCAPED_UNDERSCORE',
  'NUMBERED_LINE_SWALLOWED',
  'TAB_TABLE',
  'COLSPAN_INFERRED',
  'CELL_SPACE_UNCLEAR',
  'HTML_IN_CELL',
  'HTML_REMOVED',
  'DOUBLE_BULLET',
  'FORMATTING_REMOVED',
  'CODE_AS_TEXT',
  'LINK_REMOVED',
  'STRUCTURE_SIMPLIFIED',
  'PART_HEADING_REPEATED',
  'ITEM_HEADING_REPEATED',
  'ROMAN_VARIANT',
  'HEADING_LEVEL_VARIES',
  'PAGE_COUNTER_REMOVED',
  'ITEMS_AS_LIST',
  'ITEM_NUMBER_UNEXPECTED',
  'TEXT_WITHOUT_PLACE',
  'END_MARK_REMOVED',
  'TITLE_MISSING',
  'SERVICE_NAME_MISSING',
  'ISSUER_MISSING',
  'TOC_NESTED_NUMBERS',
  'TOC_MISMATCH',
  'EDITION_MISMATCH',
  'EDITION_FROM_HISTORY',
  'HISTORY_MISSING',
  'HISTORY_GAP',
  'HISTORY_ROW_UNREADABLE',
  'HISTORY_NAMES_UNKNOWN_ITEM',
  'ITEM_EMPTY',
  'FIGURE_MISSING',
  'DANGLING_REFERENCE',
  'WRONG_CROSS_REFERENCE',
  'TEXT_BOX_LEFT_OUT',
  'DRAWING_LEFT_OUT',
  'TRACKED_CHANGES_SETTLED',
  'COMMENTS_LEFT_OUT',
  'FOOTNOTE_LEFT_OUT',
  'HEADER_FOOTER_LEFT_OUT',
  'HIDDEN_TEXT_SHOWN',
  'MACROS_IGNORED',
  'TOC_LEFT_OUT',
  'NUMBERING_SIMPLIFIED',
  'HEADING_GUESSED',
  'FIGURE_WITHOUT_ALT',
  'FIGURE_UNREADABLE',
  'PDF_TEXT_ONLY',
  'UNPRINTABLE_CHARACTERS',
] as const;
export type AnomalyCode = (typeof anomalyCodes)[number];

/** Collects what an import was unsure of. `line` is in a Word file, which has none, a place in its order (see `readWord`). */
export type Report = (code: AnomalyCode, line: number, message: string) => void;

/** The item to which a line belongs. */
export type ItemAt = (line: number) => string | undefined;

/** `hasLines`: whether what is reported as a line is one, and no mere place in the order of the file. */
export const collectAnomalies = (
  hasLines = true,
): { readonly report: Report; readonly inOrder: (itemAt?: ItemAt) => readonly Anomaly[] } => {
  const found: Anomaly[] = [];
  return {
    report: (code, line, message) => void found.push({ code, line, message }),
    inOrder: (itemAt = () => undefined) => {
      const inOrder = found
        .toSorted((a, b) => a.line - b.line)
        .map(({ code, line, message }): Anomaly => {
          const itemKey = itemAt(line);
          return { code, line: hasLines ? line : 0, message, ...(itemKey === undefined ? {} : { itemKey }) };
        });
      return [...new Map(inOrder.map((one) => [JSON.stringify(one), one])).values()];
    },
  };
};

/** The beginning of a text, for messages. */
export const excerpt = (text: string, length = 24): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > length ? `${line.slice(0, length)}…` : line;
};

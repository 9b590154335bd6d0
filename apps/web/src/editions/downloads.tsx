import { IconDownload } from '@tabler/icons-react';
import { useCommon, useMessages } from '../messages/language';
import classes from './editions.module.css';
import { editionsMessages } from './messages';

const formats = [
  ['PDF', 'disclosure.pdf'],
  ['PDF 16:9', 'disclosure-16x9.pdf'],
  ['Word', 'disclosure.docx'],
  ['HTML', 'disclosure.html'],
  ['Markdown', 'disclosure.md'],
  ['JSON', 'disclosure.json'],
] as const;

/** The files of an edition, always the same bytes for the same edition; and its proof up to the newest seal. */
export const Downloads = ({
  disclosureId,
  service,
  number,
}: {
  readonly disclosureId: string;
  /** Whose public pages have the proof. */
  readonly service: string | undefined;
  readonly number: number;
}) => {
  const m = useMessages(editionsMessages);
  const t = useCommon();
  const edition = t.edition(number);
  return (
    <ul className={classes.downloads} aria-label={m.downloads}>
      {formats.map(([name, file]) => (
        <Download
          key={file}
          name={name}
          label={m.downloadOf(edition, name)}
          address={`/api/disclosures/${encodeURIComponent(disclosureId)}/editions/${number}/${file}`}
        />
      ))}
      {service !== undefined && (
        <Download
          name={m.proof}
          label={m.proofOf(edition)}
          address={`/d/${encodeURIComponent(service)}/editions/${number}/proof.json`}
        />
      )}
    </ul>
  );
};

const Download = ({
  name,
  label,
  address,
}: {
  readonly name: string;
  readonly label: string;
  readonly address: string;
}) => (
  <li>
    <a href={address} download aria-label={label}>
      <IconDownload size={15} stroke={1.6} aria-hidden="true" />
      {name}
    </a>
  </li>
);

import { Button } from '@mantine/core';
import { IconFileText, IconUpload } from '@tabler/icons-react';
import { useRef, useState, type DragEvent } from 'react';
import { useMessages } from '../messages/language';
import classes from './import-page.module.css';
import { messages } from './messages';

/** Where a file is dropped or chosen. */
export const DropPlace = ({ onFile }: { readonly onFile: (file: File) => void }) => {
  const t = useMessages(messages);
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const file = event.dataTransfer.files[0];
    if (file) onFile(file);
  };
  return (
    <div
      className={classes.drop}
      data-over={over}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <IconFileText size={36} stroke={1.2} aria-hidden />
      <p className={classes.dropText}>{t.drop}</p>
      <Button leftSection={<IconUpload size={17} stroke={1.7} />} onClick={() => input.current?.click()}>
        {t.choose}
      </Button>
      <input
        ref={input}
        type="file"
        className="visually-hidden"
        tabIndex={-1}
        aria-label={t.choose}
        accept=".docx,.docm,.pdf,application/pdf,.md,.markdown,.txt,text/markdown,text/plain,application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = '';
          if (file) onFile(file);
        }}
      />
      <p className={classes.aside}>{t.formats}</p>
    </div>
  );
};

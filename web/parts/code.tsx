import { ScrollArea } from '@mantine/core';
import classes from './code.module.css';
import { CopyButton } from './copy-button.tsx';

/** A piece of code to copy. */
export function Code({ text, label }: { readonly text: string; readonly label?: string }) {
  return (
    <div className={classes.frame}>
      {/* What scrolls can be scrolled by keyboard. */}
      <ScrollArea type="auto" viewportProps={{ tabIndex: 0 }}>
        <pre className={classes.text}>
          <code>{text}</code>
        </pre>
      </ScrollArea>
      <div className={classes.copy}>
        <CopyButton text={text} {...(label === undefined ? {} : { label })} />
      </div>
    </div>
  );
}

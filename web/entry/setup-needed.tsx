import { Button, Stack, Text, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { words } from '../words/entry.ts';
import { EntryFrame } from './entry-frame.tsx';
import { tokenOfLink } from './link-token.ts';

/** Nobody can sign in yet: where the link is that makes the first administrator. */
export function SetupNeeded() {
  const navigate = useNavigate();
  const [link, setLink] = useState('');
  const [isWrong, setWrong] = useState(false);

  function submit(event: FormEvent) {
    event.preventDefault();
    const token = tokenOfLink(link);
    setWrong(token === null);
    if (token !== null) void navigate({ to: '/setup', hash: `token=${token}` });
  }

  return (
    <EntryFrame title={words.setupNeeded} lead={words.setupNeededLead}>
      <form onSubmit={submit}>
        <Stack>
          <Text size="md">{words.setupWhere}</Text>
          <Text size="md">{words.setupAgain}</Text>
          <TextInput
            label={words.pasteLink}
            description={words.pasteLinkHelp}
            placeholder={`${window.location.origin}/setup#token=…`}
            autoComplete="off"
            spellCheck={false}
            required
            withAsterisk={false}
            value={link}
            error={isWrong ? words.pasteLinkWrong : undefined}
            onChange={(event) => {
              setLink(event.currentTarget.value);
              setWrong(false);
            }}
          />
          <Button type="submit" size="md" fullWidth>
            {words.goOn}
          </Button>
        </Stack>
      </form>
    </EntryFrame>
  );
}

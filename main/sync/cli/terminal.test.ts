import { describe, expect, it } from 'vitest';
import { outputTo } from './terminal.ts';

function stream(isTTY: boolean, columns = 80) {
  let written = '';
  return {
    isTTY,
    columns,
    write: (text: string) => {
      written += text;
    },
    take: () => {
      const text = written;
      written = '';
      return text;
    },
  };
}

describe('on a terminal', () => {
  it('how far it is has a bar, and gives way to the next line', () => {
    const terminal = stream(true);
    const output = outputTo(terminal);
    output.status('2/4', 0.5);
    expect(terminal.take()).toBe(`${'█'.repeat(10)}${'░'.repeat(10)} 2/4`);
    output.line('sent a.txt');
    expect(terminal.take()).toBe('\r\u001b[2Ksent a.txt\n');
    output.line('sent b.txt');
    expect(terminal.take()).toBe('sent b.txt\n');
  });

  it('the bar gives way to the words in a narrow window', () => {
    const terminal = stream(true, 60);
    const output = outputTo(terminal);
    const words = '118/240, 142.3 MB / 300.0 MB, 2.3 MB/s, 2 min left';
    output.status(words, 0.5);
    expect(terminal.take()).toBe(`████░░░░ ${words}`);
    output.status(`${words} more`, 0.5);
    expect(terminal.take()).toBe(`\r\u001b[2K${words} more`);
  });

  it('how far it is never breaks over two lines, and leaves nothing behind at the end', () => {
    const terminal = stream(true, 12);
    const output = outputTo(terminal);
    output.status('a long story');
    expect(terminal.take()).toBe('a long stor');
    output.end();
    expect(terminal.take()).toBe('\r\u001b[2K');
    output.end();
    expect(terminal.take()).toBe('');
  });
});

describe('in a file or a pipe', () => {
  it('how far it is becomes a plain line every ten seconds, without a bar', () => {
    const pipe = stream(false);
    let at = 0;
    const output = outputTo(pipe, () => at);
    for (; at < 25_000; at += 200) output.status(`${at}`, 0.5);
    expect(pipe.take()).toBe('10000\n20000\n');
    output.line('sent a.txt');
    expect(pipe.take()).toBe('sent a.txt\n');
  });
});

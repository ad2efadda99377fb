import { PROJECT } from '../demo/deployment.ts';
import type { Told } from './play-story.ts';
import type { Kept } from './promises.ts';

const prefix = `${PROJECT.project}-${PROJECT.environment}-`;

/** Tells the story as lines of text: chapters, alarms that go on and off, and the promises that were kept. */
export function storyTeller(write: (line: string) => void): (told: Told) => void {
  let on: ReadonlySet<string> = new Set();
  return (told) => {
    switch (told.kind) {
      case 'chapter':
        write('');
        write(`${told.number}/${told.of}  ${told.chapter.title}`);
        write(`     ${told.chapter.told}`);
        return;
      case 'minute': {
        const now = new Set(told.alarms);
        for (const name of now) if (!on.has(name)) write(`     ${at(told.minute)}  ALARM  ${shortOf(name)}`);
        for (const name of on) if (!now.has(name)) write(`     ${at(told.minute)}  OK     ${shortOf(name)}`);
        on = now;
        return;
      }
      case 'kept':
        for (const each of told.kept) write(`     ${inWords(each)}`);
    }
  };
}

const at = (minute: number): string => `minute ${String(minute).padStart(2)}`;

const shortOf = (alarm: string): string => (alarm.startsWith(prefix) ? alarm.slice(prefix.length) : alarm);

const inWords = ({ promise, problem }: Kept): string =>
  problem === undefined ? `✓ ${promise}` : `✗ ${promise}, but ${problem}`;

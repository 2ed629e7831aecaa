import { describe, expect, it } from 'vitest';
import { guessAttributeGroup } from '../../../shared/domain/attribute-group.ts';
import {
  type AttributeQuestion,
  compareQuestionnaires,
  type RatedQuestion,
} from '../../../shared/domain/questionnaire.ts';

const rated = (indicator: string, zh: string, more: Partial<RatedQuestion> = {}): RatedQuestion => ({
  indicator,
  label: { zh, en: zh },
  scale: { min: 1, max: 10 },
  reversed: false,
  missing: [99],
  ...more,
});
const attribute = (code: string, more: Partial<AttributeQuestion> = {}): AttributeQuestion => ({
  code,
  label: { zh: code, en: code },
  group: 'demographics',
  multiple: false,
  missing: [],
  values: {},
  ...more,
});
const changes = (
  before: { items?: RatedQuestion[]; attributes?: AttributeQuestion[] },
  after: { items?: RatedQuestion[]; attributes?: AttributeQuestion[] },
) =>
  compareQuestionnaires(
    { items: before.items ?? [], attributes: before.attributes ?? [] },
    { items: after.items ?? [], attributes: after.attributes ?? [] },
  ).map(({ kinds, before: was, after: is }) => [
    kinds.join(' '),
    was && ('indicator' in was ? was.indicator : was.code),
    is && ('indicator' in is ? is.indicator : is.code),
  ]);

describe('two versions of a questionnaire', () => {
  it('of the same questions differ in nothing, whatever their order', () => {
    const items = [rated('A', 'a'), rated('B', 'b')];
    const values = { 1: { zh: '男', en: 'm' }, 2: { zh: '女', en: 'f' } };
    const same = { 2: { zh: '女', en: 'f' }, 1: { zh: '男', en: 'm' } };
    expect(
      changes(
        { items, attributes: [attribute('sex', { values, missing: [9, 'x'] })] },
        {
          items: [...items].reverse(),
          attributes: [attribute('sex', { values: same, missing: ['x', '9'] })],
        },
      ),
    ).toEqual([]);
  });

  it('show what was added and what was removed', () => {
    expect(changes({ items: [rated('A', 'a')] }, { items: [rated('B', 'b')] })).toEqual([
      ['added', null, 'B'],
      ['removed', 'A', null],
    ]);
  });

  it('know a question by its wording, so that two that swap indicators have both moved', () => {
    expect(
      changes(
        { items: [rated('A', 'wait'), rated('B', 'price')] },
        { items: [rated('A', 'price'), rated('B', 'wait')] },
      ),
    ).toEqual([
      ['moved', 'B', 'A'],
      ['moved', 'A', 'B'],
    ]);
  });

  it('show another wording, scale, direction and missing codes of the same question', () => {
    const after = rated('A', 'a, all in all', { scale: { min: 1, max: 5 }, reversed: true, missing: [] });
    expect(changes({ items: [rated('A', 'a')] }, { items: [after] })).toEqual([
      ['wording missing scale direction', 'A', 'A'],
    ]);
  });

  it('show another code list, kind of choice and group of an attribute', () => {
    const after = attribute('sex', {
      values: { 1: { zh: '男', en: 'm' } },
      multiple: true,
      group: 'customer-traits',
    });
    expect(changes({ attributes: [attribute('sex')] }, { attributes: [after] })).toEqual([
      ['codes multiple group', 'sex', 'sex'],
    ]);
  });
});

describe('the group of an attribute', () => {
  it('is guessed from its words in both languages', () => {
    const guessed = ['age_band', '性别', '家庭年收入', 'hobbies', '价值观', '购车预算', '车龄', 'zzz'].map(
      (word) => guessAttributeGroup(word),
    );
    expect(guessed).toEqual([
      'demographics',
      'demographics',
      'demographics',
      'lifestyle',
      'psychographics',
      'purchase-behaviour',
      'customer-traits',
      'other',
    ]);
  });
});

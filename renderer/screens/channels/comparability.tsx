import { Button, Input, Segmented } from 'antd';
import { useState } from 'react';
import type { ComparabilityView } from '../../../shared/calls/channels.ts';
import { type Comparability, LIKENESSES } from '../../../shared/domain/channel/comparability.ts';
import type { Channel } from '../../../shared/domain/study-mapping.ts';
import { useChange } from '../../api.ts';
import { Panel } from '../../components/panel.tsx';
import { Field } from '../../components/slice.tsx';
import { Fault } from '../../components/states.tsx';
import { ABSENT, count, moment } from '../../format.ts';
import type { Said } from '../../text/both.ts';
import { channelsText } from '../../text/channels.ts';
import { commonText } from '../../text/common.ts';
import { useText } from '../../text/use-text.ts';

const ASPECTS = [
  ['scale', 'aspectScale'],
  ['population', 'aspectPopulation'],
  ['question', 'aspectQuestion'],
] as const;

/** How comparable the pair is, and who said so. */
export function ComparabilityPanel(props: { view: ComparabilityView; first: Channel; second: Channel }) {
  const { view, first, second } = props;
  const text = useText(channelsText);
  const common = useText(commonText);
  const [draft, setDraft] = useState<(Comparability & { note: string }) | null>(null);
  const declare = useChange('channels.declare');
  const { declared, suggested } = view;
  const holds = declared ?? suggested;
  const words = { A: text.gradeA, B: text.gradeB, C: text.gradeC, D: text.gradeD };
  const found = useFound(view, first, second);
  const send = (next: (Comparability & { note: string }) | null) =>
    declare.mutate({ first, second, declared: next }, { onSuccess: () => setDraft(null) });
  const start = () => {
    const { scale, population, question } = holds;
    setDraft({ scale, population, question, note: declared?.note ?? '' });
  };
  return (
    <Panel
      title={text.comparability}
      note={declared ? `${text.declared} ${moment(declared.at)}` : text.suggested}
      extra={
        draft === null && (
          <Button size="small" onClick={start}>
            {text.declare}
          </Button>
        )
      }
    >
      <div className="stack tight wide">
        <p className={`grade grade-${holds.grade}`}>{words[holds.grade]}</p>
        <p className="hint">{ruleOf(holds, text)}</p>
        {draft === null ? (
          <table className="plain">
            <tbody>
              {ASPECTS.map(([key, word]) => (
                <tr key={key}>
                  <th scope="row">
                    {text[word]}
                    <span className="faint block">{found[key]}</span>
                  </th>
                  <td>{text[holds[key]]}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ) : (
          <>
            {ASPECTS.map(([key, word]) => (
              <div key={key} className="aspect">
                <span className="soft">{text[word]}</span>
                <Segmented
                  size="small"
                  aria-label={text[word]}
                  value={draft[key]}
                  onChange={(value) => setDraft({ ...draft, [key]: value })}
                  options={LIKENESSES.map((one) => ({ value: one, label: text[one] }))}
                />
              </div>
            ))}
            <Field label={text.note}>
              {(id) => (
                <Input.TextArea
                  id={id}
                  rows={2}
                  placeholder={text.noteHint}
                  value={draft.note}
                  onChange={(event) => setDraft({ ...draft, note: event.target.value })}
                />
              )}
            </Field>
            <div className="filters">
              <Button type="primary" size="small" loading={declare.isPending} onClick={() => send(draft)}>
                {common.save}
              </Button>
              <Button size="small" onClick={() => setDraft(null)}>
                {common.cancel}
              </Button>
              {declared && (
                <Button size="small" danger onClick={() => send(null)}>
                  {text.takeBack}
                </Button>
              )}
            </div>
          </>
        )}
        {declared?.note && draft === null && <p className="soft notes">{declared.note}</p>}
        {declare.error && <Fault error={declare.error} />}
      </div>
    </Panel>
  );
}

/** What the data say of each aspect. */
function useFound({ found }: ComparabilityView, first: Channel, second: Channel) {
  const text = useText(channelsText);
  const { questions, sameScale, sameWording, firstScales, secondScales } = found;
  const scales = (all: typeof firstScales) =>
    all.map(({ min, max }) => `${min}–${max}`).join(' / ') || ABSENT;
  const lost = [first, second].every((channel) => channel === 'lost-customer' || channel === 'lost-sale');
  const all = count(questions);
  return {
    scale:
      questions === 0
        ? text.foundNone
        : text.foundScale(count(sameScale), all, scales(firstScales), scales(secondScales)),
    population: found.bothCustomers ? text.foundCustomers : lost ? text.foundBothLost : text.foundLost,
    question: questions === 0 ? text.foundNone : text.foundQuestion(count(sameWording), all),
  };
}

function ruleOf(holds: ComparabilityView['suggested'], text: Said<typeof channelsText>): string {
  if (holds.grade === 'C' && holds.population === 'different') return text.ruleOthers;
  return { A: text.ruleA, B: text.ruleB, C: text.ruleC, D: text.ruleD }[holds.grade];
}

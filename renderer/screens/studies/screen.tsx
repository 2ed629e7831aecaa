import { Tabs } from 'antd';
import { WithSlice } from '../../components/with-slice.tsx';
import { studiesText } from '../../text/studies.ts';
import { useText } from '../../text/use-text.ts';
import { weightingText } from '../../text/weighting.ts';
import { Questionnaires } from './questionnaires.tsx';
import { RescoringTab } from './rescoring.tsx';
import { RulesTab } from './rules.tsx';
import { StudiesTab } from './studies.tsx';
import { TreeTab } from './tree.tsx';
import { WeightingTab } from './weighting.tsx';

/** Studies with their waves, questionnaires, the indicator tree with its weights, and scores under any of them. */
export function StudiesScreen() {
  const text = useText(studiesText);
  const weighting = useText(weightingText);
  return (
    <WithSlice>
      {(slice) => (
        <Tabs
          className="screen screen-tabs"
          destroyOnHidden
          items={[
            { key: 'studies', label: text.tabStudies, children: <StudiesTab slice={slice} /> },
            { key: 'questionnaires', label: text.tabQuestionnaires, children: <Questionnaires /> },
            { key: 'tree', label: text.tabTree, children: <TreeTab /> },
            { key: 'rescoring', label: text.tabRescoring, children: <RescoringTab slice={slice} /> },
            { key: 'weighting', label: weighting.tab, children: <WeightingTab slice={slice} /> },
            { key: 'rules', label: weighting.tabRules, children: <RulesTab /> },
          ]}
        />
      )}
    </WithSlice>
  );
}

import { Tabs } from 'antd';
import { WithSlice } from '../../components/with-slice.tsx';
import { studiesText } from '../../text/studies.ts';
import { useText } from '../../text/use-text.ts';
import { Questionnaires } from './questionnaires.tsx';
import { RescoringTab } from './rescoring.tsx';
import { StudiesTab } from './studies.tsx';
import { TreeTab } from './tree.tsx';

/** Studies with their waves, questionnaires, the indicator tree with its weights, and scores under any of them. */
export function StudiesScreen() {
  const text = useText(studiesText);
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
          ]}
        />
      )}
    </WithSlice>
  );
}

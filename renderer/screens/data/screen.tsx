import { Tabs } from 'antd';
import { dataText } from '../../text/data.ts';
import { useText } from '../../text/use-text.ts';
import { Audit } from './audit.tsx';
import { Backups } from './backups.tsx';
import { Batches } from './batches.tsx';
import { ImportPanel } from './import-panel.tsx';
import { People } from './people.tsx';
import { SavedMappings } from './saved-mappings.tsx';

export function DataScreen() {
  const text = useText(dataText);
  return (
    <div className="screen">
      <Tabs
        className="screen-tabs"
        destroyOnHidden
        items={[
          { key: 'import', label: text.import, children: <ImportPanel /> },
          { key: 'batches', label: text.batches, children: <Batches /> },
          { key: 'mappings', label: text.mappings, children: <SavedMappings /> },
          { key: 'backups', label: text.backups, children: <Backups /> },
          { key: 'people', label: text.people, children: <People /> },
          { key: 'audit', label: text.audit, children: <Audit /> },
        ]}
      />
    </div>
  );
}

import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../electron/engine/store/database.ts';
import { MIGRATIONS } from '../../../electron/engine/store/migrations/registry.ts';
import { listPlacedByHand, listStays } from '../../../electron/engine/store/network.ts';
import { listDealers, listSchemes } from '../../../electron/engine/store/places.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const VERSION = MIGRATIONS.find(({ name }) => name === 'network')!.version;

test('dealers and schemes from before moves existed stand where they stood', () => {
  const path = join(tempFolder(), 'a.csi');
  const open = (upTo: number) =>
    openDatabase(path, {
      migrations: MIGRATIONS.filter(({ version }) => version <= upTo),
      clock: () => 0,
      appVersion: '0.1.0',
    });
  const before = open(VERSION - 1);
  before.connection.exec(`
    INSERT INTO region_schemes (id, code, name_zh, name_en, valid_from) VALUES (1, 'r', 'r', 'r', '2020-01-01');
    INSERT INTO provinces (id, code, name_zh, name_en) VALUES (1, '44', '广东省', 'Guangdong');
    INSERT INTO cities (id, code, province_id, name) VALUES (1, '4401', 1, '广州市');
    INSERT INTO dealers (id, code, name, city_id) VALUES (7, 'D7', '七店', 1)`);
  before.close();
  const after = open(VERSION);
  const { connection } = after;
  expect(listDealers(connection)).toEqual([
    {
      id: 7,
      code: 'D7',
      name: '七店',
      cityId: 1,
      pooled: 0,
      opened: null,
      closed: null,
      successorId: null,
      mergedFrom: null,
      recordedCityId: null,
    },
  ]);
  expect(listStays(connection).size).toBe(0);
  expect(listPlacedByHand(connection)).toEqual([]);
  expect(listSchemes(connection)).toMatchObject([{ id: 1, timing: 'as-is' }]);
  after.close();
});

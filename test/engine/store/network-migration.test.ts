import { expect, test } from 'vitest';
import { listPlacedByHand, listStays } from '../../../electron/engine/store/network.ts';
import { listDealers, listSchemes } from '../../../electron/engine/store/places.ts';
import { aroundMigration } from '../../support/old-database.ts';

test('dealers and schemes from before moves existed stand where they stood', () => {
  const { open, step } = aroundMigration('network');
  const before = open(step);
  before.connection.exec(`
    INSERT INTO region_schemes (id, code, name_zh, name_en, valid_from) VALUES (1, 'r', 'r', 'r', '2020-01-01');
    INSERT INTO provinces (id, code, name_zh, name_en) VALUES (1, '44', '广东省', 'Guangdong');
    INSERT INTO cities (id, code, province_id, name) VALUES (1, '4401', 1, '广州市');
    INSERT INTO dealers (id, code, name, city_id) VALUES (7, 'D7', '七店', 1)`);
  before.close();
  const after = open(step + 1);
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

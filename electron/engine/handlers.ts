// The registry of calls: each name of the contract and the service that carries it out.
import type { CallArguments, CallName, CallOutput } from '../../shared/contract.ts';
import type { Context } from './context.ts';
import { getAlertPage } from './services/alerts/alert-page.ts';
import { getAlertResponses } from './services/alerts/alert-responses.ts';
import { listAlertsCall, setAlertState } from './services/alerts/alerts.ts';
import { listCleared, settleCase } from './services/alerts/cleared-cases.ts';
import { getLinkedSeries, listSegments } from './services/channels/chain-series.ts';
import { getChannelPair } from './services/channels/channel-pair.ts';
import { exportChannels } from './services/channels/channel-tables.ts';
import { declareComparability, getCrosswalk } from './services/channels/crosswalk.ts';
import { getPlaceChannels } from './services/channels/place-channels.ts';
import { exportTable, writePicture } from './services/explore/explore-export.ts';
import { exploreOptions } from './services/explore/explore-options.ts';
import { exploreTable } from './services/explore/explore-table.ts';
import { deleteView, listViews, renameView, saveView } from './services/explore/explore-views.ts';
import { traceFigure } from './services/explore/trace.ts';
import { traceRows } from './services/explore/trace-rows.ts';
import { getCatalog, getScopeTree } from './services/figures/catalog.ts';
import { getRules, saveRules } from './services/figures/display-rules.ts';
import { runForecast } from './services/forecast/forecast-quarter.ts';
import { forecastRefusals, forecastTable } from './services/forecast/forecast-table.ts';
import { readSeries } from './services/forecast/read-series.ts';
import { repeatRuns } from './services/forecast/repeat-runs.ts';
import { backtestSeries } from './services/forecast/series-panel.ts';
import { listBatchViews, previewUndo } from './services/import/import-batches.ts';
import { previewEffect } from './services/import/import-effect.ts';
import { commitImport } from './services/import/import-study.ts';
import { deletePlaceAlias, listPlaceAliases, savePlaceAliases } from './services/import/place-aliases.ts';
import { previewImport } from './services/import/preview-import.ts';
import { exportFaults, exportQuarantine, getQuarantine } from './services/import/quarantine.ts';
import { undoAndReevaluate } from './services/import/reevaluate.ts';
import {
  deleteSavedMapping,
  getSavedMapping,
  listSavedMappings,
  putMapping,
} from './services/import/saved-mappings.ts';
import { importVisits, previewVisits } from './services/losses/import-visits.ts';
import { exportLoss, exportMargin } from './services/losses/loss-tables.ts';
import { exportSales } from './services/losses/lost-sale-tables.ts';
import { getLostSales, setLostSaleRoles } from './services/losses/lost-sales.ts';
import { getVisitLoss } from './services/losses/visit-loss.ts';
import { getOverview } from './services/overview.ts';
import { erasePersonCall, findPeople, getPeopleSummary } from './services/people.ts';
import { exportComparison } from './services/places/comparison-tables.ts';
import {
  editDealerCall,
  listCityViews,
  listDealerViews,
  removeDealerCall,
} from './services/places/dealer-edits.ts';
import {
  listDealerLists,
  loadDealerList,
  previewDealerList,
  undoDealerList,
} from './services/places/dealer-list.ts';
import { insideOutside, likeForLike } from './services/places/place-comparisons.ts';
import { deleteScheme, getScheme, listSchemeViews, saveScheme } from './services/places/region-schemes.ts';
import { reorganise } from './services/places/reorganise.ts';
import { exportDealers, exportScheme, readSchemeTable } from './services/places/scheme-table.ts';
import { assessPlanCall } from './services/plan/assess-plan.ts';
import { listDealerTargets } from './services/plan/dealer-targets.ts';
import { planSensitivityCall, suggestPlan } from './services/plan/draft-plan.ts';
import { exportPlan } from './services/plan/export-plan.ts';
import { readPlanEdits } from './services/plan/plan-edits.ts';
import { getPlanOptions } from './services/plan/plan-options.ts';
import { planProgress } from './services/plan/plan-progress.ts';
import { readPlanTable } from './services/plan/plan-table.ts';
import {
  approve,
  comparePlans,
  getPlan,
  listPlanInfos,
  removePlan,
  savePlan,
  updatePlan,
} from './services/plan/saved-plans.ts';
import { closeQuarter, forecastAccuracy } from './services/quarter-close.ts';
import { getReportFiles, listReportBatchViews, runReports } from './services/reports/export-reports.ts';
import { openSample } from './services/sample-studies.ts';
import {
  compareProbeRuns,
  deleteProbeCall,
  exportProbe,
  listProbePresets,
  listProbesCall,
  listRunsOfProbe,
  runSavedProbe,
  sampleOfProbe,
  saveProbe,
  tryProbe,
} from './services/samples/probes.ts';
import {
  deleteSampleCall,
  listSampleAttributes,
  listSamplesCall,
  previewSample,
  renameSampleCall,
  saveSample,
} from './services/samples/samples.ts';
import {
  compareVersions,
  draftQuestionnaire,
  getQuestionnaire,
  updateQuestion,
} from './services/studies/questionnaires.ts';
import { rescore } from './services/studies/rescore.ts';
import { getCoverage, listStudyViews, updateStudy, updateWave } from './services/studies/study-records.ts';
import {
  activateSet,
  compareWeightSets,
  getWeightSet,
  judgeWeights,
  listWeightSetViews,
  saveWeightSet,
} from './services/studies/weight-sets.ts';
import { readTargetTable, readWeightTable } from './services/studies/weight-table.ts';
import {
  listMarginChoices,
  listWeightingViews,
  previewWeighting,
  removeWeighting,
  saveWeighting,
} from './services/studies/weightings.ts';
import { exportAudit, getAuditSummary, listAuditEntries } from './services/upkeep/audit-log.ts';
import {
  checkBackup,
  createBackup,
  deleteBackup,
  deleteReplaced,
  listBackupViews,
  listReplacedViews,
  restoreBackup,
} from './services/upkeep/backups.ts';
import { appStatus, closeDatabase, createNew, openExisting } from './services/upkeep/open-database.ts';

type Handlers = {
  [N in Exclude<CallName, 'jobs.cancel'>]: (
    context: Context,
    input: CallArguments<N>,
  ) => CallOutput<N> | Promise<CallOutput<N>>;
};

export const HANDLERS = {
  'app.status': appStatus,
  'app.open': openExisting,
  'app.create': createNew,
  'app.sample': openSample,
  'app.close': closeDatabase,
  'catalog.get': getCatalog,
  'scopes.tree': getScopeTree,
  'places.dealers': listDealerViews,
  'places.cities': listCityViews,
  'places.edit': editDealerCall,
  'places.remove': removeDealerCall,
  'places.readList': previewDealerList,
  'places.loadList': loadDealerList,
  'places.lists': listDealerLists,
  'places.undoList': undoDealerList,
  'places.export': exportDealers,
  'channels.crosswalk': getCrosswalk,
  'channels.pair': getChannelPair,
  'channels.place': getPlaceChannels,
  'channels.segments': listSegments,
  'channels.link': getLinkedSeries,
  'channels.declare': declareComparability,
  'channels.export': exportChannels,
  'schemes.list': listSchemeViews,
  'schemes.get': getScheme,
  'schemes.save': saveScheme,
  'schemes.delete': deleteScheme,
  'schemes.readTable': readSchemeTable,
  'schemes.insideOutside': insideOutside,
  'schemes.likeForLike': likeForLike,
  'schemes.reorganise': reorganise,
  'schemes.exportComparison': exportComparison,
  'schemes.export': exportScheme,
  'import.preview': previewImport,
  'import.commit': commitImport,
  'import.effect': previewEffect,
  'import.exportFaults': exportFaults,
  'import.quarantine': getQuarantine,
  'import.exportQuarantine': exportQuarantine,
  'import.batches': listBatchViews,
  'import.undoPreview': previewUndo,
  'import.undo': undoAndReevaluate,
  'aliases.list': listPlaceAliases,
  'aliases.save': savePlaceAliases,
  'aliases.delete': deletePlaceAlias,
  'mappings.list': listSavedMappings,
  'mappings.get': getSavedMapping,
  'mappings.save': putMapping,
  'mappings.delete': deleteSavedMapping,
  'overview.get': getOverview,
  'explore.options': exploreOptions,
  'explore.table': exploreTable,
  'explore.export': exportTable,
  'explore.picture': writePicture,
  'explore.views': listViews,
  'explore.saveView': saveView,
  'explore.renameView': renameView,
  'explore.deleteView': deleteView,
  'trace.get': traceFigure,
  'trace.rows': traceRows,
  'forecast.run': runForecast,
  'forecast.table': forecastTable,
  'forecast.refusals': forecastRefusals,
  'forecast.repeat': repeatRuns,
  'forecast.series': readSeries,
  'forecast.backtest': backtestSeries,
  'forecast.accuracy': forecastAccuracy,
  'alerts.list': listAlertsCall,
  'alerts.cleared': listCleared,
  'alerts.settle': settleCase,
  'alerts.get': getAlertPage,
  'alerts.responses': getAlertResponses,
  'alerts.update': setAlertState,
  'quarter.close': closeQuarter,
  'plan.options': getPlanOptions,
  'plan.suggest': suggestPlan,
  'plan.sensitivity': planSensitivityCall,
  'plan.save': savePlan,
  'plan.update': updatePlan,
  'plan.list': listPlanInfos,
  'plan.get': getPlan,
  'plan.compare': comparePlans,
  'plan.approve': approve,
  'plan.delete': removePlan,
  'plan.readTable': readPlanTable,
  'plan.readEdits': readPlanEdits,
  'plan.export': exportPlan,
  'plan.dealerTargets': listDealerTargets,
  'plan.assess': assessPlanCall,
  'plan.progress': planProgress,
  'reports.run': runReports,
  'reports.batches': listReportBatchViews,
  'reports.files': getReportFiles,
  'samples.list': listSamplesCall,
  'samples.attributes': listSampleAttributes,
  'samples.preview': previewSample,
  'samples.save': saveSample,
  'samples.rename': renameSampleCall,
  'samples.delete': deleteSampleCall,
  'visits.preview': previewVisits,
  'visits.import': importVisits,
  'lost.visits': getVisitLoss,
  'lost.exportMargin': exportMargin,
  'lost.exportLoss': exportLoss,
  'lost.sales': getLostSales,
  'lost.exportSales': exportSales,
  'lost.setRoles': setLostSaleRoles,
  'probes.presets': listProbePresets,
  'probes.list': listProbesCall,
  'probes.save': saveProbe,
  'probes.delete': deleteProbeCall,
  'probes.try': tryProbe,
  'probes.run': runSavedProbe,
  'probes.runs': listRunsOfProbe,
  'probes.compare': compareProbeRuns,
  'probes.sample': sampleOfProbe,
  'probes.export': exportProbe,
  'backups.list': listBackupViews,
  'backups.create': createBackup,
  'backups.verify': checkBackup,
  'backups.restore': restoreBackup,
  'backups.delete': deleteBackup,
  'backups.replaced': listReplacedViews,
  'backups.deleteReplaced': deleteReplaced,
  'people.summary': getPeopleSummary,
  'people.find': findPeople,
  'people.erase': erasePersonCall,
  'audit.list': listAuditEntries,
  'audit.summary': getAuditSummary,
  'audit.export': exportAudit,
  'rules.get': getRules,
  'rules.save': saveRules,
  'studies.list': listStudyViews,
  'studies.update': updateStudy,
  'studies.wave': updateWave,
  'studies.coverage': getCoverage,
  'questionnaires.get': getQuestionnaire,
  'questionnaires.question': updateQuestion,
  'questionnaires.compare': compareVersions,
  'questionnaires.draft': draftQuestionnaire,
  'weightings.list': listWeightingViews,
  'weightings.choices': listMarginChoices,
  'weightings.preview': previewWeighting,
  'weightings.save': saveWeighting,
  'weightings.delete': removeWeighting,
  'weightings.readTable': readTargetTable,
  'weights.list': listWeightSetViews,
  'weights.get': getWeightSet,
  'weights.compare': compareWeightSets,
  'weights.save': saveWeightSet,
  'weights.activate': activateSet,
  'weights.rescore': rescore,
  'weights.readTable': readWeightTable,
  'weights.judge': judgeWeights,
} satisfies Handlers;

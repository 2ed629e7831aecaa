// The registry of calls: each name of the contract and the service that carries it out.
import type { CallArguments, CallName, CallOutput } from '../../shared/contract.ts';
import type { Context } from './context.ts';
import { getAlertPage } from './services/alert-page.ts';
import { getAlertResponses } from './services/alert-responses.ts';
import { listAlertsCall, setAlertState } from './services/alerts.ts';
import { assessPlanCall } from './services/assess-plan.ts';
import { exportAudit, getAuditSummary, listAuditEntries } from './services/audit-log.ts';
import {
  checkBackup,
  createBackup,
  deleteBackup,
  listBackupViews,
  restoreBackup,
} from './services/backups.ts';
import { getCatalog, getScopeTree } from './services/catalog.ts';
import { getLinkedSeries, listSegments } from './services/chain-series.ts';
import { getChannelPair } from './services/channel-pair.ts';
import { exportChannels } from './services/channel-tables.ts';
import { listCleared, settleCase } from './services/cleared-cases.ts';
import { exportComparison } from './services/comparison-tables.ts';
import { declareComparability, getCrosswalk } from './services/crosswalk.ts';
import { editDealerCall, listCityViews, listDealerViews, removeDealerCall } from './services/dealer-edits.ts';
import {
  listDealerLists,
  loadDealerList,
  previewDealerList,
  undoDealerList,
} from './services/dealer-list.ts';
import { listDealerTargets } from './services/dealer-targets.ts';
import { getRules, saveRules } from './services/display-rules.ts';
import { planSensitivityCall, suggestPlan } from './services/draft-plan.ts';
import { exportTable, writePicture } from './services/explore-export.ts';
import { exploreOptions } from './services/explore-options.ts';
import { exploreTable } from './services/explore-table.ts';
import { deleteView, listViews, renameView, saveView } from './services/explore-views.ts';
import { exportPlan } from './services/export-plan.ts';
import { getReportFiles, listReportBatchViews, runReports } from './services/export-reports.ts';
import { runForecast } from './services/forecast-quarter.ts';
import { forecastRefusals, forecastTable } from './services/forecast-table.ts';
import { listBatchViews, previewUndo } from './services/import-batches.ts';
import { previewEffect } from './services/import-effect.ts';
import { commitImport } from './services/import-study.ts';
import { importVisits, previewVisits } from './services/import-visits.ts';
import { getLostSales, setLostSaleRoles } from './services/lost-sales.ts';
import { appStatus, closeDatabase, createNew, openExisting } from './services/open-database.ts';
import { getOverview } from './services/overview.ts';
import { erasePersonCall, findPeople, getPeopleSummary } from './services/people.ts';
import { deletePlaceAlias, listPlaceAliases, savePlaceAliases } from './services/place-aliases.ts';
import { getPlaceChannels } from './services/place-channels.ts';
import { insideOutside, likeForLike } from './services/place-comparisons.ts';
import { readPlanEdits } from './services/plan-edits.ts';
import { getPlanOptions } from './services/plan-options.ts';
import { planProgress } from './services/plan-progress.ts';
import { readPlanTable } from './services/plan-table.ts';
import { previewImport } from './services/preview-import.ts';
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
} from './services/probes.ts';
import { exportFaults, exportQuarantine, getQuarantine } from './services/quarantine.ts';
import { closeQuarter, forecastAccuracy } from './services/quarter-close.ts';
import {
  compareVersions,
  draftQuestionnaire,
  getQuestionnaire,
  updateQuestion,
} from './services/questionnaires.ts';
import { readSeries } from './services/read-series.ts';
import { undoAndReevaluate } from './services/reevaluate.ts';
import { deleteScheme, getScheme, listSchemeViews, saveScheme } from './services/region-schemes.ts';
import { reorganise } from './services/reorganise.ts';
import { repeatRuns } from './services/repeat-runs.ts';
import { rescore } from './services/rescore.ts';
import { openSample } from './services/sample-studies.ts';
import {
  deleteSampleCall,
  listSampleAttributes,
  listSamplesCall,
  previewSample,
  renameSampleCall,
  saveSample,
} from './services/samples.ts';
import {
  deleteSavedMapping,
  getSavedMapping,
  listSavedMappings,
  putMapping,
} from './services/saved-mappings.ts';
import {
  approve,
  comparePlans,
  getPlan,
  listPlanInfos,
  removePlan,
  savePlan,
  updatePlan,
} from './services/saved-plans.ts';
import { exportDealers, exportScheme, readSchemeTable } from './services/scheme-table.ts';
import { backtestSeries } from './services/series-panel.ts';
import { getCoverage, listStudyViews, updateStudy, updateWave } from './services/study-records.ts';
import { traceFigure } from './services/trace.ts';
import { traceRows } from './services/trace-rows.ts';
import { exportMargin, getVisitLoss } from './services/visit-loss.ts';
import {
  activateSet,
  compareWeightSets,
  getWeightSet,
  judgeWeights,
  listWeightSetViews,
  saveWeightSet,
} from './services/weight-sets.ts';
import { readTargetTable, readWeightTable } from './services/weight-table.ts';
import {
  listMarginChoices,
  listWeightingViews,
  previewWeighting,
  removeWeighting,
  saveWeighting,
} from './services/weightings.ts';

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
  'lost.sales': getLostSales,
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

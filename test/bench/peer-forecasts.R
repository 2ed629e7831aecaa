# Peers from CRAN's forecast package on the tasks of a file: one line a task, comma-separated history.
# Prints method, task, point, lo80, hi80, lo95, hi95, and a last line per method with its seconds.
suppressPackageStartupMessages(library(forecast))
tasks <- lapply(strsplit(readLines(commandArgs(TRUE)[1]), ","), as.numeric)
methods <- list(
  ses = function(y) ses(y, h = 1, level = c(80, 95)),
  thetaf = function(y) thetaf(y, h = 1, level = c(80, 95)),
  ets = function(y) forecast(ets(y), h = 1, level = c(80, 95)),
  auto.arima = function(y) forecast(auto.arima(y), h = 1, level = c(80, 95)))
for (name in names(methods)) {
  seconds <- system.time(for (i in seq_along(tasks)) {
    y <- ts(tasks[[i]], frequency = 4)
    f <- tryCatch(suppressWarnings(methods[[name]](y)), error = function(e) naive(y, h = 1, level = c(80, 95)))
    cat(name, i - 1, f$mean[1], f$lower[1, 1], f$upper[1, 1], f$lower[1, 2], f$upper[1, 2], sep = ",")
    cat("\n")
  })[["elapsed"]]
  cat(name, "seconds", seconds, sep = ",")
  cat("\n")
}

# Peers from CRAN's forecast package on the tasks of a file: one line a task, comma-separated history.
# Prints method, task, points one to four steps ahead, lo80, hi80, lo95, hi95 one step ahead, and a last line per
# method with its processor seconds.
suppressPackageStartupMessages(library(forecast))
tasks <- lapply(strsplit(readLines(commandArgs(TRUE)[1]), ","), as.numeric)
levels <- c(80, 95)
methods <- list(
  ses = function(y) ses(y, h = 4, level = levels),
  thetaf = function(y) thetaf(y, h = 4, level = levels),
  ets = function(y) forecast(ets(y), h = 4, level = levels),
  auto.arima = function(y) forecast(auto.arima(y), h = 4, level = levels))
for (name in names(methods)) {
  time <- system.time(for (i in seq_along(tasks)) {
    y <- ts(tasks[[i]], frequency = 4)
    f <- tryCatch(suppressWarnings(methods[[name]](y)), error = function(e) naive(y, h = 4, level = levels))
    cat(name, i - 1, f$mean[1:4], f$lower[1, 1], f$upper[1, 1], f$lower[1, 2], f$upper[1, 2], sep = ",")
    cat("\n")
  })
  cat(name, "seconds", time[["user.self"]] + time[["sys.self"]], sep = ",")
  cat("\n")
}

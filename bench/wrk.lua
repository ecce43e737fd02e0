-- Prints what `bench/load.py` reads.
done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    "bench %d %d %d %d\n",
    summary.requests,
    summary.duration,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(99)
  ))
end

-- For wrk: stores blobs of LENGTH bytes by PUT, and prints how long it took.
-- Random bodies, so that no two blobs are equal.
local length = tonumber(os.getenv("LENGTH"))
local f = assert(io.open("/dev/urandom", "rb"))
request = function()
  local head = f:read(32)
  return wrk.format("PUT", nil, nil, head .. string.rep("x", length - 32))
end
done = function(summary, latency)
  print(string.format("p50 %.3f p90 %.3f p99 %.3f max %.3f ms; errors connect %d read %d write %d status %d timeout %d",
   latency:percentile(50)/1000, latency:percentile(90)/1000, latency:percentile(99)/1000, latency.max/1000,
   summary.errors.connect, summary.errors.read, summary.errors.write, summary.errors.status, summary.errors.timeout))
end

-- Auctions with the most bids in the last ten seconds, every two seconds.
CREATE TABLE sink (auction BIGINT, num BIGINT) WITH ('connector' = 'blackhole');

INSERT INTO sink
SELECT counted.auction, counted.num
FROM (
  SELECT auction, COUNT(*) AS num, window_start, window_end
  FROM TABLE(HOP(TABLE bid, DESCRIPTOR(`dateTime`), INTERVAL '2' SECOND, INTERVAL '10' SECOND))
  GROUP BY auction, window_start, window_end
) AS counted
JOIN (
  SELECT MAX(num) AS most, window_start, window_end
  FROM (
    SELECT auction, COUNT(*) AS num, window_start, window_end
    FROM TABLE(HOP(TABLE bid, DESCRIPTOR(`dateTime`), INTERVAL '2' SECOND, INTERVAL '10' SECOND))
    GROUP BY auction, window_start, window_end
  ) AS per_auction
  GROUP BY window_start, window_end
) AS best
ON counted.window_start = best.window_start AND counted.window_end = best.window_end AND counted.num >= best.most;

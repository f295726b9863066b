-- Which window a bid falls into is up to the clock, but it falls into one, of ten seconds that begin at a full ten.
SELECT bidder, SUM(bid_count) AS bids, MIN(MOD(EXTRACT(SECOND FROM window_start), 10)) AS begins,
       MIN(TIMESTAMPDIFF(SECOND, window_start, window_end)) AS shortest, MAX(TIMESTAMPDIFF(SECOND, window_start, window_end)) AS longest
FROM (
  SELECT bidder, COUNT(*) AS bid_count, window_start, window_end
  FROM TUMBLE(TABLE arrived, DESCRIPTOR(at_time), INTERVAL '10' SECOND)
  GROUP BY window_start, window_end, bidder
) AS counted
GROUP BY bidder;

SELECT bidder, COUNT(*) AS bids, 0 AS begins, 10 AS shortest, 10 AS longest FROM bid GROUP BY bidder;

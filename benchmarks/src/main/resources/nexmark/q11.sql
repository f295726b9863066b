-- How many bids each person made in one go, that is with no more than ten seconds between two of them.
CREATE TABLE sink (bidder BIGINT, bid_count BIGINT, starttime TIMESTAMP(3), endtime TIMESTAMP(3)) WITH ('connector' = 'blackhole');

INSERT INTO sink
SELECT bidder, COUNT(*) AS bid_count, window_start, window_end
FROM SESSION(TABLE bid PARTITION BY bidder, DESCRIPTOR(`dateTime`), INTERVAL '10' SECOND)
GROUP BY bidder, window_start, window_end;

-- How many bids each person made in every ten seconds of the clock on the wall.
CREATE TABLE sink (bidder BIGINT, bid_count BIGINT, starttime TIMESTAMP(3), endtime TIMESTAMP(3)) WITH ('connector' = 'blackhole');

CREATE VIEW arrived AS SELECT bidder, PROCTIME() AS at_time FROM bid;

INSERT INTO sink
SELECT bidder, COUNT(*) AS bid_count, window_start, window_end
FROM TUMBLE(TABLE arrived, DESCRIPTOR(at_time), INTERVAL '10' SECOND)
GROUP BY window_start, window_end, bidder;

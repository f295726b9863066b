-- Bids with what a file of ten thousand rows says of their auction.
CREATE TABLE side_input (key BIGINT, `value` STRING)
WITH ('connector' = 'filesystem', 'path' = '${WORK}/side_input.csv', 'format' = 'csv');

CREATE TABLE sink (auction BIGINT, bidder BIGINT, price BIGINT, `dateTime` TIMESTAMP(3), `value` STRING)
WITH ('connector' = 'blackhole');

INSERT INTO sink
SELECT b.auction, b.bidder, b.price, b.`dateTime`, side.`value`
FROM (SELECT auction, bidder, price, `dateTime`, PROCTIME() AS now FROM bid) AS b
JOIN side_input FOR SYSTEM_TIME AS OF b.now AS side ON MOD(b.auction, 10000) = side.key;

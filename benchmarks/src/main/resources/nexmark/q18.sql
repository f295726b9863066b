-- The last bid of each bidder on each auction.
CREATE TABLE sink (
  auction BIGINT, bidder BIGINT, price BIGINT, channel STRING, url STRING, `dateTime` TIMESTAMP(3), extra STRING
) WITH ('connector' = 'blackhole');

INSERT INTO sink
SELECT auction, bidder, price, channel, url, `dateTime`, extra
FROM (
  SELECT bid.*, ROW_NUMBER() OVER (PARTITION BY auction, bidder ORDER BY `dateTime` DESC) AS age FROM bid
) AS aged
WHERE age = 1;

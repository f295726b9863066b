-- Bids of each auction and day: how many, in three ranges of prices, and their prices.
CREATE TABLE sink (
  auction BIGINT, `day` STRING,
  total_bids BIGINT, rank1_bids BIGINT, rank2_bids BIGINT, rank3_bids BIGINT,
  min_price BIGINT, max_price BIGINT, avg_price BIGINT, sum_price BIGINT
) WITH ('connector' = 'blackhole');

INSERT INTO sink
SELECT auction, `day`,
       COUNT(*),
       COUNT(*) FILTER (WHERE price < 10000),
       COUNT(*) FILTER (WHERE price >= 10000 AND price < 1000000),
       COUNT(*) FILTER (WHERE price >= 1000000),
       MIN(price), MAX(price), AVG(price), SUM(price)
FROM (SELECT auction, DATE_FORMAT(`dateTime`, 'yyyy-MM-dd') AS `day`, price FROM bid) AS dated
GROUP BY auction, `day`;

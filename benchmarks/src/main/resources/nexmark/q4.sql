-- What auctions of a category are sold for on average: the mean of the highest bids that came in time.
CREATE TABLE sink (id BIGINT, final BIGINT) WITH ('connector' = 'blackhole');

INSERT INTO sink
SELECT category, AVG(highest)
FROM (
  SELECT auction.id, auction.category, MAX(bid.price) AS highest
  FROM bid
  JOIN auction ON bid.auction = auction.id AND bid.`dateTime` >= auction.`dateTime` AND bid.`dateTime` <= auction.expires
  GROUP BY auction.id, auction.category
) AS sold
GROUP BY category;

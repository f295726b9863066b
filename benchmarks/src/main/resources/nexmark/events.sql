-- One stream of three kinds of events; the field of the other two kinds is NULL.
CREATE TABLE events (
  event_type INT,
  person ROW<id BIGINT, name STRING, emailAddress STRING, creditCard STRING, city STRING, state STRING,
             `dateTime` TIMESTAMP(3), extra STRING>,
  auction ROW<id BIGINT, itemName STRING, description STRING, initialBid BIGINT, reserve BIGINT,
              `dateTime` TIMESTAMP(3), expires TIMESTAMP(3), seller BIGINT, category BIGINT, extra STRING>,
  bid ROW<auction BIGINT, bidder BIGINT, price BIGINT, channel STRING, url STRING,
          `dateTime` TIMESTAMP(3), extra STRING>,
  `dateTime` AS CASE event_type WHEN 0 THEN person.`dateTime` WHEN 1 THEN auction.`dateTime` ELSE bid.`dateTime` END,
  WATERMARK FOR `dateTime` AS `dateTime` - INTERVAL '4' SECOND
) WITH ('connector' = 'filesystem', 'path' = '${INPUT}', 'format' = 'json');

CREATE VIEW person AS
SELECT e.person.id, e.person.name, e.person.emailAddress, e.person.creditCard, e.person.city, e.person.state,
       `dateTime`, e.person.extra
FROM events AS e
WHERE event_type = 0;

CREATE VIEW auction AS
SELECT e.auction.id, e.auction.itemName, e.auction.description, e.auction.initialBid, e.auction.reserve, `dateTime`,
       e.auction.expires, e.auction.seller, e.auction.category, e.auction.extra
FROM events AS e
WHERE event_type = 1;

CREATE VIEW bid AS
SELECT e.bid.auction, e.bid.bidder, e.bid.price, e.bid.channel, e.bid.url, `dateTime`, e.bid.extra
FROM events AS e
WHERE event_type = 2;

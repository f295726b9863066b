-- The files hold all bids, each in the folder of its minute.
SELECT auction, bidder, price, `dateTime`, extra, dt, hm FROM sink;

SELECT auction, bidder, price, `dateTime`, extra,
       DATE_FORMAT(`dateTime`, 'yyyy-MM-dd') AS dt, DATE_FORMAT(`dateTime`, 'HH:mm') AS hm
FROM bid;

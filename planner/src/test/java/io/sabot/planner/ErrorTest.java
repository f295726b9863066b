package io.sabot.planner;

import org.junit.jupiter.api.Test;

class ErrorTest {
    private final Fixture nexmark = Fixture.nexmark();

    @Test
    void anUnknownColumnIsGuessed() {
        nexmark.assertError("SELECT auctoin FROM bid", """
                ERROR 42703: column 'auctoin' does not exist
                  line 1, column 8:  SELECT auctoin FROM bid
                                            ^^^^^^^
                  table 'bid' has auction BIGINT, bidder BIGINT, price BIGINT, dateTime TIMESTAMP(3), extra STRING
                  Hint: did you mean 'auction'?
                """);
    }

    @Test
    void anUnknownTableIsGuessed() {
        nexmark.assertError("SELECT * FROM bids", """
                ERROR 42P01: table 'bids' does not exist
                  line 1, column 15:  SELECT * FROM bids
                                                    ^^^^
                  database 'default_database' has auction, bid, events, person, print
                  Hint: did you mean 'bid'?
                """);
    }

    @Test
    void anUnknownFunctionIsGuessed() {
        nexmark.assertError("SELECT uper('a')", """
                ERROR 42883: function UPER does not exist
                  line 1, column 8:  SELECT uper('a')
                                            ^^^^^^^^^
                  Hint: did you mean UPPER?
                """);
    }

    @Test
    void anInsertOfAnotherTypeIsRefused() {
        nexmark.assertError("INSERT INTO print SELECT name, id FROM person", """
                ERROR 42804: column 'id' is BIGINT, the query gives STRING
                  line 1, column 26:  INSERT INTO print SELECT name, id FROM person
                                                               ^^^^
                  Hint: write CAST(… AS BIGINT)
                """);
    }
}

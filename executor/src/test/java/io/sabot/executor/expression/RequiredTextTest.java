package io.sabot.executor.expression;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RequiredTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "(&|^)channel_id=([^&]*); channel_id=; 1",
                "abc; abc; 0",
                "ab?cde; cde; 2",
                "x+yz; yz; 2147483647",
                "\\d\\d-\\w; -; 2",
                "a\\.b; a.b; 0",
                "^(ab|c)(d|efg)hi$; hi; 5",
                "[a-c]xy; xy; 1",
                "x{2}yz; yz; 2147483647"
            })
    void isFound(String expression, String text, int reach) {
        RequiredText found = Objects.requireNonNull(RequiredText.of(expression));

        assertThat(new String(found.ascii(), StandardCharsets.US_ASCII)).isEqualTo(text);
        assertThat(found.reach()).isEqualTo(reach);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {"a|b", "(?i)abc", "\\bab", "[a&&b]c", "a*", "(a)\\1", "\\Qa\\E"})
    void isNotGuessed(String expression) {
        assertThat(RequiredText.of(expression)).isNull();
    }

    /** Whatever matches has the text, and does not begin further in front of its first occurrence than said. */
    @Test
    void holdsForRandomExpressions() {
        Random random = new Random(11);
        int looked = 0;
        for (int i = 0; i < 3000; i++) {
            String expression = expression(random, 3);
            RequiredText required = RequiredText.of(expression);
            if (required == null) {
                continue;
            }
            Pattern pattern = Pattern.compile(expression);
            String wanted = new String(required.ascii(), StandardCharsets.US_ASCII);
            for (int j = 0; j < 20; j++) {
                String text = random.ints(random.nextInt(12), 'a', 'd')
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString();
                Matcher matcher = pattern.matcher(text);
                if (matcher.find()) {
                    looked++;
                    int at = text.indexOf(wanted);
                    assertThat(at).as("%s in %s", expression, text).isNotNegative();
                    assertThat((long) matcher.start())
                            .as("%s in %s", expression, text)
                            .isGreaterThanOrEqualTo((long) at - required.reach());
                }
            }
        }
        assertThat(looked).isGreaterThan(1000);
    }

    private static String expression(Random random, int depth) {
        StringBuilder text = new StringBuilder();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            text.append(
                    switch (random.nextInt(depth > 0 ? 8 : 5)) {
                        case 0 -> ".";
                        case 1 -> "[^a]";
                        case 5 -> "(" + expression(random, depth - 1) + ")";
                        case 6 -> "(" + expression(random, depth - 1) + "|" + expression(random, depth - 1) + ")";
                        case 7 -> random.nextBoolean() ? "^" : "\\w";
                        default -> String.valueOf((char) ('a' + random.nextInt(3)));
                    });
            if (text.charAt(text.length() - 1) != '^') {
                text.append(
                        switch (random.nextInt(8)) {
                            case 0 -> "?";
                            case 1 -> "*";
                            case 2 -> "+?";
                            case 3 -> "{1,2}";
                            default -> "";
                        });
            }
        }
        return text.toString();
    }
}

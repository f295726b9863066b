package io.sabot.executor.expression;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Digests of texts in hexadecimal, and Base64. */
final class DigestFunctions {
    private DigestFunctions() {}

    static void declare(Functions functions) {
        functions.row("MD5", (a, x) -> digest("MD5", a[0]));
        functions.row("SHA1", (a, x) -> digest("SHA-1", a[0]));
        functions.row("SHA224", (a, x) -> digest("SHA-224", a[0]));
        functions.row("SHA256", (a, x) -> digest("SHA-256", a[0]));
        functions.row("SHA384", (a, x) -> digest("SHA-384", a[0]));
        functions.row("SHA512", (a, x) -> digest("SHA-512", a[0]));
        functions.row("SHA2", (a, x) -> sha2(a[0], ((Number) a[1]).intValue()));
        functions.row("TO_BASE64", (a, x) -> Base64.getEncoder().encodeToString(bytes(a[0])));
        functions.row("FROM_BASE64", (a, x) -> fromBase64(TextFunctions.text(a[0])));
    }

    private static byte[] bytes(Object argument) {
        return TextFunctions.text(argument).getBytes(StandardCharsets.UTF_8);
    }

    private static String digest(String algorithm, Object argument) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes(argument)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has " + algorithm, e);
        }
    }

    private static String sha2(Object argument, int bits) {
        return switch (bits) {
            case 224, 256, 384, 512 -> digest("SHA-" + bits, argument);
            default -> throw new IllegalArgumentException("SHA2 has no variant of " + bits + " bits");
        };
    }

    private static @Nullable String fromBase64(String text) {
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}

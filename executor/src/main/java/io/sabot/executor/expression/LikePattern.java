package io.sabot.executor.expression;

import io.sabot.executor.batch.Memory;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A LIKE pattern, matched against UTF-8 bytes: pieces between {@code %}, each a row of literal bytes and {@code _}. */
final class LikePattern {
    /** Stands for {@code _} in a piece; no byte of a text has this value. */
    private static final short ANY = -1;

    private final short[][] pieces;
    private final boolean anyStart;
    private final boolean anyEnd;

    private LikePattern(short[][] pieces, boolean anyStart, boolean anyEnd) {
        this.pieces = pieces;
        this.anyStart = anyStart;
        this.anyEnd = anyEnd;
    }

    /**
     * Reads a pattern.
     *
     * @param escape -1 for none
     * @throws IllegalArgumentException if the escape character stands before anything but a wildcard or itself
     */
    static LikePattern of(String pattern, int escape) {
        List<short[]> pieces = new ArrayList<>();
        List<Short> piece = new ArrayList<>();
        boolean anyStart = false;
        boolean any = false;
        int length = pattern.length();
        for (int i = 0; i < length; ) {
            int c = pattern.codePointAt(i);
            i += Character.charCount(c);
            any = false;
            if (c == escape) {
                int escaped = i < length ? pattern.codePointAt(i) : -1;
                if (escaped != '%' && escaped != '_' && escaped != escape) {
                    throw new IllegalArgumentException("invalid escape in LIKE pattern '" + pattern + "'");
                }
                i += Character.charCount(escaped);
                addLiteral(piece, escaped);
            } else if (c == '%') {
                any = true;
                anyStart |= pieces.isEmpty() && piece.isEmpty();
                addPiece(pieces, piece);
            } else if (c == '_') {
                piece.add(ANY);
            } else {
                addLiteral(piece, c);
            }
        }
        addPiece(pieces, piece);
        return new LikePattern(pieces.toArray(short[][]::new), anyStart, any);
    }

    private static void addLiteral(List<Short> piece, int codePoint) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(4);
        bytes.writeBytes(Character.toString(codePoint).getBytes(StandardCharsets.UTF_8));
        for (byte b : bytes.toByteArray()) {
            piece.add((short) (b & 0xff));
        }
    }

    private static void addPiece(List<short[]> pieces, List<Short> piece) {
        if (!piece.isEmpty()) {
            short[] array = new short[piece.size()];
            for (int i = 0; i < array.length; i++) {
                array[i] = piece.get(i);
            }
            pieces.add(array);
            piece.clear();
        }
    }

    /** Whether a text matches. */
    boolean matches(long address, int length) {
        if (pieces.length == 0) {
            return anyEnd || length == 0;
        }
        int at = 0;
        int first = 0;
        int last = pieces.length;
        if (!anyStart) {
            at = match(pieces[0], address, 0, length);
            if (at < 0) {
                return false;
            }
            first = 1;
            if (last == 1) {
                return anyEnd || at == length;
            }
        }
        if (!anyEnd) {
            last--;
        }
        for (int i = first; i < last; i++) {
            at = find(pieces[i], address, at, length);
            if (at < 0) {
                return false;
            }
        }
        return anyEnd || endsWith(pieces[last], address, at, length);
    }

    /** Position behind the piece when it stands at {@code from}; -1 when it does not. */
    private static int match(short[] piece, long address, int from, int length) {
        int at = from;
        for (short wanted : piece) {
            if (at >= length) {
                return -1;
            }
            if (wanted == ANY) {
                at++;
                while (at < length && (Memory.getByte(address + at) & 0xc0) == 0x80) {
                    at++;
                }
            } else if ((Memory.getByte(address + at) & 0xff) == wanted) {
                at++;
            } else {
                return -1;
            }
        }
        return at;
    }

    /** Position behind the first place where the piece stands at or behind {@code from}; -1 if there is none. */
    private static int find(short[] piece, long address, int from, int length) {
        for (int start = from; start < length; start++) {
            boolean inside = (Memory.getByte(address + start) & 0xc0) == 0x80;
            int end = inside ? -1 : match(piece, address, start, length);
            if (end >= 0) {
                return end;
            }
        }
        return -1;
    }

    private static boolean endsWith(short[] piece, long address, int from, int length) {
        int start = length;
        for (int i = piece.length - 1; i >= 0; i--) {
            start--;
            if (piece[i] == ANY) {
                while (start > from && (Memory.getByte(address + start) & 0xc0) == 0x80) {
                    start--;
                }
            }
        }
        return start >= from && match(piece, address, start, length) == length;
    }
}

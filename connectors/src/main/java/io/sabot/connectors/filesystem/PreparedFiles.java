package io.sabot.connectors.filesystem;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What a writer prepared for a checkpoint, as the checkpoint keeps it: the word replace or add, then a line
 * per file.
 *
 * @param replaces whether what was there before the job goes away
 * @param files names below the root, as they will be
 */
record PreparedFiles(boolean replaces, List<String> files) {
    PreparedFiles {
        files = List.copyOf(files);
    }

    byte[] encode() {
        String text = (replaces ? "replace" : "add") + (files.isEmpty() ? "" : "\n" + String.join("\n", files));
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static PreparedFiles decode(byte[] bytes) {
        List<String> lines = Arrays.asList(new String(bytes, StandardCharsets.UTF_8).split("\n"));
        return new PreparedFiles(lines.get(0).equals("replace"), lines.subList(1, lines.size()));
    }
}

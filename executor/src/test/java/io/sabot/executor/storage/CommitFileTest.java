package io.sabot.executor.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sabot.executor.storage.CommitFile.Commit;
import io.sabot.parser.error.SabotException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged stays in the file, and nothing else, whenever the disk fails. */
final class CommitFileTest {
    @TempDir
    Path directory;

    private static Commit commit(int checkpoint, String rows) {
        return new Commit("w", checkpoint, rows.getBytes(StandardCharsets.UTF_8));
    }

    private Path path() {
        return directory.resolve("t.log");
    }

    private List<String> reopened() {
        List<Commit> found = new ArrayList<>();
        CommitFile.open(path(), found).close();
        return found.stream()
                .map(commit -> commit.isWatermark()
                        ? "watermark " + commit.checkpoint()
                        : commit.checkpoint() + " " + new String(commit.rows(), StandardCharsets.UTF_8))
                .toList();
    }

    private static void fails(CommitFile file, Commit commit) {
        assertThatThrownBy(() -> file.append(commit)).isInstanceOf(SabotException.class);
    }

    @Test
    void aCommitThatIsWrittenInPartIsCutOff() throws IOException {
        for (int bytes = 0; bytes < 30; bytes++) {
            Files.deleteIfExists(path());
            try (FailingChannel disk = new FailingChannel(path());
                    CommitFile file = CommitFile.open(path(), disk, new ArrayList<>())) {
                file.append(commit(1, "a"));
                disk.failWrites(1, bytes);
                fails(file, commit(2, "failed"));
                file.append(commit(3, "c"));
            }
            assertThat(reopened()).as("%s bytes written", bytes).containsExactly("1 a", "3 c");
        }
    }

    @Test
    void aCommitThatIsNotSyncedIsCutOff() throws IOException {
        try (FailingChannel disk = new FailingChannel(path());
                CommitFile file = CommitFile.open(path(), disk, new ArrayList<>())) {
            file.append(commit(1, "a"));
            disk.failingSyncs = 1;
            fails(file, commit(2, "failed"));
            file.append(commit(3, "c"));
        }
        assertThat(reopened()).containsExactly("1 a", "3 c");
    }

    @Test
    void aFileThatCannotBeCutTakesNothingMoreUntilItIsOpenedAgain() throws IOException {
        try (FailingChannel disk = new FailingChannel(path());
                CommitFile file = CommitFile.open(path(), disk, new ArrayList<>())) {
            file.append(commit(1, "a"));
            disk.failWrites(1, 7);
            disk.failingTruncates = 1;
            fails(file, commit(2, "failed"));
            assertThatThrownBy(() -> file.append(commit(3, "c")))
                    .isInstanceOfSatisfying(
                            SabotException.class,
                            e -> assertThat(e.toString()).contains("nothing more is written to " + path()));
        }
        List<Commit> found = new ArrayList<>();
        try (FailingChannel disk = new FailingChannel(path());
                CommitFile file = CommitFile.open(path(), disk, found)) {
            assertThat(found).hasSize(1);
            file.append(commit(3, "c"));
            disk.failingSyncs = 2; // also that of the cut
            fails(file, commit(4, "failed"));
            fails(file, commit(5, "e"));
        }
        assertThat(reopened()).containsExactly("1 a", "3 c");
    }

    @Test
    void theWatermarkInWhosePlaceAnotherOneFailsIsPutBack() throws IOException {
        for (int bytes = 0; bytes < 34; bytes++) {
            Files.deleteIfExists(path());
            try (FailingChannel disk = new FailingChannel(path());
                    CommitFile file = CommitFile.open(path(), disk, new ArrayList<>())) {
                file.append(commit(1, "a"));
                file.append(Commit.watermark(10));
                disk.failWrites(1, bytes);
                fails(file, Commit.watermark(20));
                file.append(commit(2, "b"));
                file.append(Commit.watermark(30));
                disk.failWrites(1, bytes);
                fails(file, commit(3, "failed, and longer than a watermark"));
                file.append(Commit.watermark(40));
            }
            assertThat(reopened())
                    .as("%s bytes written", bytes)
                    .containsExactly("1 a", "watermark 10", "2 b", "watermark 40");
        }
    }

    @Test
    void aCommitThatCameAgainIsThereOnceWhereItWasTaken() {
        try (CommitFile file = CommitFile.open(path(), new ArrayList<>())) {
            file.append(commit(1, "a"));
            file.append(commit(2, "failed"));
            file.append(new Commit("", 0, new byte[] {'x'}));
            file.append(new Commit("", 0, new byte[] {'x'}));
            file.append(commit(2, "b"));
            file.append(new Commit("w", 2));
        }
        assertThat(reopened()).containsExactly("1 a", "0 x", "0 x", "2 b", "2 ");
    }
}

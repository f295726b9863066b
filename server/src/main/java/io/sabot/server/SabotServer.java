package io.sabot.server;

import io.sabot.parser.error.SabotException;
import io.sabot.server.session.ClientLimits;
import io.sabot.server.session.EngineProvider;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The command {@code sabot-server}: an engine for clients with {@code jdbc:sabot://host:port}.
 *
 * <p>Ends with 0 when it was told to stop, 1 when it could not start, 2 when its arguments are wrong.
 */
@Command(
        name = "sabot-server",
        mixinStandardHelpOptions = true,
        description = "Serves a Sabot engine over Avatica JDBC (jdbc:sabot://host:port).")
public final class SabotServer implements Callable<Integer> {
    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "8765",
            description = "port to listen on, 0 for any that is free (default: ${DEFAULT-VALUE})")
    private int port;

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "127.0.0.1",
            description = "address to listen on, of this machine only (default: ${DEFAULT-VALUE})")
    private String bind = "127.0.0.1";

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "where tables, streams and jobs are kept; without it they live in memory")
    private @Nullable Path dataDirectory;

    @Option(
            names = "--jar-root",
            paramLabel = "DIR",
            description = "clients may load jars of functions that lie below this directory, which may be given several"
                    + " times; without it they may load none")
    private List<Path> jarRoots = List.of();

    @Option(
            names = "--file-root",
            paramLabel = "DIR",
            description = "tables of clients have their files below this directory, which may be given several times;"
                    + " without it anywhere")
    private List<Path> fileRoots = List.of();

    @Spec
    private @Nullable CommandSpec spec;

    /** Starts the server and ends the process when it has stopped. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new SabotServer()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter err = commandLine().getErr();
        InetSocketAddress address;
        try {
            address = address();
        } catch (UnknownHostException e) {
            err.println("sabot-server: '" + bind + "' is no address of this machine");
            return CommandLine.ExitCode.USAGE;
        }
        if (!address.getAddress().isLoopbackAddress()) {
            err.println("sabot-server: this version has no users and passwords yet, so it listens on this machine only."
                    + "\n  Hint: leave --bind out, and reach it from elsewhere through an SSH tunnel");
            return CommandLine.ExitCode.USAGE;
        }
        Optional<RunningServer> server = start(address, err);
        if (server.isEmpty()) {
            return CommandLine.ExitCode.SOFTWARE;
        }
        serve(server.get());
        return CommandLine.ExitCode.OK;
    }

    private CommandLine commandLine() {
        if (spec == null) {
            throw new AssertionError("set by picocli");
        }
        return spec.commandLine();
    }

    private InetSocketAddress address() throws UnknownHostException {
        return new InetSocketAddress(InetAddress.getByName(bind), port);
    }

    private Optional<RunningServer> start(InetSocketAddress address, PrintWriter err) {
        try {
            Optional<EngineProvider> engines =
                    ServiceLoader.load(EngineProvider.class).findFirst();
            if (engines.isEmpty()) {
                err.println("sabot-server: no engine is on the class path");
                return Optional.empty();
            }
            ClientLimits limits =
                    new ClientLimits(jarRoots, fileRoots.isEmpty() ? Optional.empty() : Optional.of(fileRoots));
            return Optional.of(
                    RunningServer.start(engines.get().open(Optional.ofNullable(dataDirectory), limits), address));
        } catch (SabotException e) {
            err.println("sabot-server: " + e.render(""));
        } catch (IOException e) {
            err.println("sabot-server: cannot listen on " + bind + ":" + port + ": " + e.getMessage());
        }
        return Optional.empty();
    }

    /** Runs until the process is told to end (SIGTERM, Ctrl-C); then everything is closed before it does. */
    private void serve(RunningServer server) throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            server.close();
                            stopped.countDown();
                        },
                        "sabot-stop"));
        PrintWriter out = commandLine().getOut();
        out.println("sabot-server ready on " + bind + ":" + server.port() + ", data "
                + (dataDirectory == null ? "in memory" : "in " + dataDirectory));
        out.flush();
        stopped.await();
    }
}

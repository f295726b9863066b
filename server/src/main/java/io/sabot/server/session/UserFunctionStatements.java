package io.sabot.server.session;

import io.sabot.catalog.CatalogException;
import io.sabot.catalog.ObjectName;
import io.sabot.catalog.function.UserFunction;
import io.sabot.executor.connector.FileAccess;
import io.sabot.parser.error.ErrorCode;
import io.sabot.parser.error.SabotException;
import io.sabot.parser.statement.AddJar;
import io.sabot.parser.statement.CreateFunction;
import io.sabot.parser.statement.DropFunction;
import io.sabot.parser.statement.Name;
import io.sabot.parser.statement.RemoveJar;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** CREATE and DROP FUNCTION, ADD and REMOVE JAR. */
final class UserFunctionStatements {
    private final EngineSession session;
    private final SessionCatalog catalog;

    UserFunctionStatements(EngineSession session) {
        this.session = session;
        this.catalog = session.sessionCatalog();
    }

    StatementResult create(CreateFunction create) {
        ObjectName name = name(create.name(), create.system());
        if (create.ifNotExists() && catalog.hasFunction(name, create.temporary())) {
            return StatementResult.done();
        }
        UserFunction function = new UserFunction(name, create.temporary(), create.system(), body(create, name));
        check(function, create);
        try {
            catalog.createFunction(function);
        } catch (CatalogException e) {
            throw StatementErrors.of(e, create.name().span());
        }
        return StatementResult.done();
    }

    private ObjectName name(io.sabot.parser.statement.ObjectName written, boolean system) {
        if (system) {
            if (written.values().size() > 1) {
                throw SabotException.of(ErrorCode.INVALID_DEFINITION, "a system function belongs to no database")
                        .at(written.span());
            }
            return new ObjectName("", "", written.last().toLowerCase(Locale.ROOT));
        }
        return SessionCatalog.folded(catalog.resolve(written.values()));
    }

    private UserFunction.Body body(CreateFunction create, ObjectName name) {
        if (create.body() instanceof CreateFunction.SqlBody sql) {
            return session.planner().resolveFunction(name.name(), sql);
        }
        CreateFunction.JavaClass java = (CreateFunction.JavaClass) create.body();
        List<String> jars = java.jars().isEmpty()
                ? catalog.jars()
                : java.jars().stream().map(this::path).toList();
        return new UserFunction.JavaClass(java.className().value(), jars);
    }

    private String path(Name written) {
        String text = written.value();
        try {
            Path path = text.startsWith("file:") ? Path.of(URI.create(text)) : Path.of(text);
            Path whole = path.toAbsolutePath().normalize();
            checkRoot(whole, written);
            return whole.toString();
        } catch (IllegalArgumentException e) {
            throw SabotException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "a jar must be a file of this machine")
                    .at(written.span())
                    .why(String.valueOf(e.getMessage()))
                    .causedBy(e);
        }
    }

    private void checkRoot(Path jar, Name written) {
        Optional<List<Path>> roots = session.engine().options().jarRoots();
        if (roots.isEmpty() || session.engine().isRestoring()) {
            return;
        }
        if (!FileAccess.isBelow(jar, roots.get())) {
            throw SabotException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "clients of this server cannot load jar " + jar)
                    .at(written.span())
                    .why(
                            roots.get().isEmpty()
                                    ? "the server was started without --jar-root"
                                    : "jars must lie below "
                                            + roots.get().stream()
                                                    .map(Path::toString)
                                                    .collect(Collectors.joining(", ")))
                    .hint("start sabot-server with --jar-root DIR, and put the jar there");
        }
    }

    /** Loads the class once, so that a wrong name is told at once; not when the engine opens, which a missing jar must not keep shut. */
    private void check(UserFunction function, CreateFunction create) {
        if (session.engine().isRestoring() || !(create.body() instanceof CreateFunction.JavaClass java)) {
            return;
        }
        try {
            session.planner().checkFunction(function);
        } catch (SabotException e) {
            throw e.at(java.className().span());
        }
    }

    StatementResult drop(DropFunction drop) {
        ObjectName name = name(drop.name(), drop.system());
        if (drop.ifExists() && !catalog.hasFunction(name, drop.temporary())) {
            return StatementResult.done();
        }
        try {
            catalog.dropFunction(name, drop.temporary());
        } catch (CatalogException e) {
            if (e.kind() == CatalogException.Kind.NOT_FOUND) {
                throw SabotException.of(ErrorCode.UNDEFINED_FUNCTION, String.valueOf(e.getMessage()))
                        .at(drop.name().span())
                        .why(e.why())
                        .hint(e.hint())
                        .causedBy(e);
            }
            throw StatementErrors.of(e, drop.name().span());
        }
        return StatementResult.done();
    }

    StatementResult addJar(AddJar add) {
        String path = path(add.path());
        if (!Files.isReadable(Path.of(path))) {
            throw SabotException.of(ErrorCode.UNDEFINED_FILE, "there is no file " + path)
                    .at(add.path().span());
        }
        catalog.addJar(path);
        UnreadObjects.readAgain(session.engine());
        return StatementResult.done();
    }

    /** Functions that were created with the jar keep it. */
    StatementResult removeJar(RemoveJar remove) {
        String path = path(remove.path());
        if (!catalog.removeJar(path)) {
            throw SabotException.of(ErrorCode.UNDEFINED_FILE, "the session has not added jar " + path)
                    .at(remove.path().span())
                    .hint("SHOW JARS lists those that it has");
        }
        return StatementResult.done();
    }
}

package io.sabot.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ServerWallsTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.sabot.server");

    @Test
    void connectorsAreFoundAtRunTimeOnly() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.sabot.connectors..", "io.sabot.shell..")
                .check(CLASSES);
    }

    @Test
    void sessionsKnowNoProtocol() {
        noClasses()
                .that()
                .resideInAPackage("io.sabot.server.session..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.sabot.server.avatica..",
                        "io.sabot.server.http..",
                        "io.sabot.jdbc..",
                        "java.sql..",
                        "org.apache.calcite..",
                        "org.eclipse.jetty..")
                .check(CLASSES);
    }

    @Test
    void socketsAndProtocolAreApart() {
        noClasses()
                .that()
                .resideInAPackage("io.sabot.server.http..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.sabot.server.avatica..", "io.sabot.server.session..")
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage("io.sabot.server.http..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.eclipse.jetty..")
                .check(CLASSES);
    }

    @Test
    void packagesFormNoCycle() {
        slices().matching("io.sabot.server.(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}

package io.sabot.parser;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ParserWallsTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.sabot.parser");

    @Test
    void knowsNoOtherModule() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.sabot.catalog..",
                        "io.sabot.planner..",
                        "io.sabot.executor..",
                        "io.sabot.connectors..",
                        "io.sabot.jdbc..",
                        "io.sabot.server..",
                        "io.sabot.shell..")
                .check(CLASSES);
    }

    @Test
    void errorsKnowNoCalcite() {
        noClasses()
                .that()
                .resideInAPackage("io.sabot.parser.error")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.apache.calcite..")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.sabot.parser.(*)..").should().beFreeOfCycles().check(CLASSES);
        noClasses()
                .that()
                .resideInAPackage("io.sabot.parser.(*)..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.sabot.parser")
                .check(CLASSES);
    }

    @Test
    void rulesOfTheOptimizerAreNotOnTheStartUpPath() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.calcite.rel.rules..", "org.apache.calcite.plan..")
                .check(CLASSES);
    }
}

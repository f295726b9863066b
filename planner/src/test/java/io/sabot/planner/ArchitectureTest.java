package io.sabot.planner;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.sabot.planner");

    @Test
    void thePlannerSeesParserCatalogAndCalciteOnly() {
        classes()
                .that()
                .resideInAPackage("io.sabot.planner..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.sabot.planner..",
                        "io.sabot.parser..",
                        "io.sabot.catalog..",
                        "org.apache.calcite..",
                        "com.google.common.collect..", // in what Calcite returns
                        "org.jspecify..",
                        "java..")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.sabot.planner.(*)..").should().beFreeOfCycles().check(CLASSES);
    }
}

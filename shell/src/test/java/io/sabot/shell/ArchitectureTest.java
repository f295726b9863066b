package io.sabot.shell;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

class ArchitectureTest {
    private final JavaClasses classes = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.sabot.shell");

    @Test
    void theShellKnowsTheDriverAndNothingElseOfSabot() {
        noClasses()
                .should()
                .dependOnClassesThat(resideInAPackage("io.sabot..")
                        .and(not(resideInAPackage("io.sabot.shell..")))
                        .and(not(resideInAPackage("io.sabot.jdbc"))))
                .check(classes);
    }

    @Test
    void onlyTheCommandLineAndThePromptKnowLineEditing() {
        noClasses()
                .that()
                .resideInAnyPackage("io.sabot.shell.text", "io.sabot.shell.run")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.jline..", "picocli..")
                .check(classes);
    }

    @Test
    void packagesDoNotDependOnEachOtherInCircles() {
        slices().matching("io.sabot.shell.(*)..").should().beFreeOfCycles().check(classes);
    }
}
